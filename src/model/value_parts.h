/* model/value_parts.h — what the parsers of value_*.c share. Not for other files. */
#ifndef SPL_MODEL_VALUE_PARTS_H
#define SPL_MODEL_VALUE_PARTS_H

#include "model/value.h"

/* Both return false, so that a refusal is one return statement. `hint` may be NULL. */
bool value_refuse(struct value_problem *p, size_t at, const char *hint, const char *fmt, ...)
    PRINTF(4, 5);
bool value_advise(struct value_problem *p, const char *fmt, ...) PRINTF(2, 3);

/* The text in quotes for a message, cut after 40 characters. */
enum { VALUE_QUOTE = 200 };
char *value_quote(const char *text, char ret[static VALUE_QUOTE]);

/* Digits with at most one point, at most 12 of them; 0 when there are none at `s`. */
size_t value_number_length(const char *s);
size_t value_number_length_to(const char *s, size_t max); /* the same, at most `max` */

/* Replaces the hint when the text is five cron fields or "@daily". Returns false too. */
bool value_advise_cron(struct value_problem *p, const char *text);

#endif
