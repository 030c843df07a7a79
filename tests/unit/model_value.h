/* model_value.h — texts that a reader refuses, with what it says. Include after cmocka.h. */
#ifndef TESTS_MODEL_VALUE_H
#define TESTS_MODEL_VALUE_H

#include "base/str.h"
#include "model/value.h"

struct refusal {
    const char *text, *message, *hint; /* parts of them; NULL: not looked at */
    size_t at;
};

static inline void check_refusal(const struct refusal *r, bool is_accepted,
                                 const struct value_problem *p)
{
    if (is_accepted)
        fail_msg("'%s' was accepted", r->text);
    if ((r->message && !strstr(p->message, r->message)) || (r->hint && !strstr(p->hint, r->hint)))
        fail_msg("'%s' says: %s | %s", r->text, p->message, p->hint);
    if (p->at != r->at)
        fail_msg("'%s' points at %zu, not %zu", r->text, p->at, r->at);
}

#define CHECK_REFUSALS(parse, type, ...)                                                           \
    do {                                                                                           \
        static const struct refusal rows_[] = {__VA_ARGS__};                                       \
        for (size_t i_ = 0; i_ < COUNT(rows_); i_++) {                                             \
            type v_ = {0}, untouched_ = {0};                                                       \
            struct value_problem p_ = {.message = ""};                                             \
            check_refusal(&rows_[i_], parse(rows_[i_].text, &v_, &p_), &p_);                       \
            assert_memory_equal(&v_, &untouched_, sizeof v_);                                      \
        }                                                                                          \
    } while (0)

#endif
