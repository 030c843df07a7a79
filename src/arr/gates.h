/* arr/gates.h — versions, and what they can do. */
#ifndef SPL_ARR_GATES_H
#define SPL_ARR_GATES_H

#include "arr/arr.h"

/* Fills version_parts and the gates from `version`; parts that are no numbers count as 0. */
void gates_set(struct arr_status *s, enum app app);
/* The least version spoken to, like "3.0.10"; NULL when `s` is not older. */
const char *gates_too_old(const struct arr_status *s, enum app app, char ret[static 32]);
/* The newest generation this program knows, when the server is of a newer one; else 0. */
int gates_newest(const struct arr_status *s, enum app app);

#endif
