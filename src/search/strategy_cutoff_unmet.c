/* search/strategy_cutoff_unmet.c — what has a file: the gates sort out what meets the cutoffs
 * of its profile. */
#include "search/strategy.h"

static bool considers(const struct query *q UNUSED, const struct item *it)
{
    return it->has_file;
}

const struct search_strategy strategy_cutoff_unmet = {
    .doc = "Files whose quality or custom formats are below their profile's cutoff.",
    .considers = considers,
};
