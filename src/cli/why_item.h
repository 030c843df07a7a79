/* cli/why_item.h — `why` of an item, and how its gates are shown. */
#ifndef SPL_CLI_WHY_ITEM_H
#define SPL_CLI_WHY_ITEM_H

#include "cli/view.h"
#include "search/search.h"

int why_item(const struct view *v, const char *address);

json_t *why_gates_json(const struct gate_line lines[], size_t n);
void why_gates_print(const struct cli *c, const struct gate_line lines[], size_t n);
/* "=> …": what comes of them. `how`: " as a whole", or "". */
void why_answer_print(const struct cli *c, const struct why *why, const char *how,
                      bool is_queue_closed);

#endif
