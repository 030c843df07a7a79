/* cli/standing_item.c — how an item stands, in one word. */
#include "cli/standing_item.h"

/* A movie is out when its server says so and its date has passed. */
static bool is_out(const struct item *it, utc_t now)
{
    utc_t released = item_released(it);
    return released && released <= now && (it->kind == ITEM_EPISODE || it->is_available);
}

bool item_is_missing(const struct item *it, utc_t now)
{
    return !it->has_file && it->is_monitored && is_out(it, now);
}

static const char *standing_of_file(const struct item *it)
{
    bool is_short = it->is_cutoff_unmet || item_is_below_score(it);
    return is_short && it->is_upgrade_allowed ? "upgradable" : "complete";
}

const char *item_standing(const struct item *it, utc_t now)
{
    if (it->has_file)
        return standing_of_file(it);
    if (!it->is_monitored)
        return "unmonitored";
    if (is_out(it, now))
        return "missing";
    return item_released(it) ? "unreleased" : "undated";
}
