/* search/gate_parts.h — what the files of the gates share; nobody else needs it. */
#ifndef SPL_SEARCH_GATE_PARTS_H
#define SPL_SEARCH_GATE_PARTS_H

#include "search/search.h"

struct judged {
    const struct query *q;
    const struct item *it;
    const struct item_memory *m;
};

/* Sets why->until and why->detail when closed. */
typedef bool is_closed(const struct judged *j, struct why *why);
/* The numbers behind the verdict, for people. */
typedef void say(const struct judged *j, const struct why *why, char *ret, size_t size);

/* Cut to fit. */
void gate_write(char *ret, size_t size, const char *fmt, ...) PRINTF(3, 4);
static inline const char *gate_yes_no(bool v)
{
    return v ? "yes" : "no";
}

/* gate_past.c */
is_closed gate_cooling_down, gate_held_loop_guard, gate_in_flight;
say gate_say_cooldown, gate_say_loop_guard, gate_say_flight;

#endif
