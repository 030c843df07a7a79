/* search/reason.c — the reason codes in words. */
#include "search/search.h"

static const struct {
    const char *name, *sentence;
} reasons[REASON_N] = {
#define REASON(code, level, sentence) [REASON_##code] = {#code, sentence},
#include "search/reasons.def"
#undef REASON
};

const char *reason_name(enum reason r)
{
    return reasons[r].name;
}

const char *reason_sentence(enum reason r)
{
    return reasons[r].sentence;
}
