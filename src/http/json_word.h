/* http/json_word.h — what may stand bare in JSON (RFC 8259). Used by the splitter only. */
#ifndef SPL_HTTP_JSON_WORD_H
#define SPL_HTTP_JSON_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* A number, true, false or null. */
bool is_json_word(const char *text, size_t n);

#endif
