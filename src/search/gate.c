/* search/gate.c — the gates of an item, in order, as one table: judging stops at the first that is
 * closed, explaining walks them all. Those that ask what was searched before are in gate_past.c. */
#include "search/gate_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/value.h"
#include "search/cooldown.h"
#include "search/filter.h"
#include "search/season.h"

void gate_write(char *ret, size_t size, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(ret, size, fmt, args);
    va_end(args);
}

static bool seeks_upgrades(const struct judged *j)
{
    return j->it->has_file;
}

/* ---- unmonitored ---- */

static bool unmonitored(const struct judged *j, struct why *why UNUSED)
{
    return !j->it->is_monitored;
}

static void say_monitored(const struct judged *j, const struct why *why UNUSED, char *ret,
                          size_t size)
{
    gate_write(ret, size, "monitored: %s", gate_yes_no(j->it->is_monitored));
}

/* ---- not_released, in_grace ---- */

static bool not_released(const struct judged *j, struct why *why)
{
    utc_t released = item_released(j->it);
    if (j->it->kind == ITEM_MOVIE && !j->it->is_available)
        return true;
    why->until = released;
    return !released || released > j->q->now;
}

static void say_released(const struct judged *j, const struct why *why UNUSED, char *ret,
                         size_t size)
{
    utc_t released = item_released(j->it);
    char at[UTC_TEXT];
    if (j->it->kind == ITEM_MOVIE && !j->it->is_available)
        gate_write(ret, size, "the server says it is not available yet");
    else if (!released)
        gate_write(ret, size, "no date is known");
    else
        gate_write(ret, size, "%s %s", j->it->kind == ITEM_MOVIE ? "released" : "broadcast ended",
                   utc_format_local(released, at));
}

static bool in_grace(const struct judged *j, struct why *why)
{
    why->until = item_released(j->it) + j->q->queue->grace;
    return why->until > j->q->now && !query_burst(j->q, j->it, j->m);
}

static void say_grace(const struct judged *j, const struct why *why UNUSED, char *ret, size_t size)
{
    char at[UTC_TEXT], grace[VALUE_TEXT];
    utc_t released = item_released(j->it);
    value_print_dur(j->q->queue->grace, grace);
    if (!released)
        gate_write(ret, size, "%s from a date that is not known", grace);
    else if (query_burst(j->q, j->it, j->m))
        gate_write(ret, size, "in its burst: no grace");
    else
        gate_write(ret, size, "grace of %s ends %s", grace,
                   utc_format_local(released + j->q->queue->grace, at));
}

/* ---- has_file, cutoff_met, upgrade_forbidden ---- */

static bool has_file(const struct judged *j, struct why *why UNUSED)
{
    return j->it->has_file && !query_considers(j->q, j->it);
}

static void say_file(const struct judged *j, const struct why *why UNUSED, char *ret, size_t size)
{
    gate_write(ret, size, "has a file: %s", gate_yes_no(j->it->has_file));
}

static bool cutoff_met(const struct judged *j, struct why *why UNUSED)
{
    return seeks_upgrades(j) && !j->it->is_cutoff_unmet && !item_is_below_score(j->it);
}

static void say_cutoff(const struct judged *j, const struct why *why UNUSED, char *ret, size_t size)
{
    const struct item *it = j->it;
    char score[64] = "";
    if (it->cutoff_format_score > 0 && it->has_format_score)
        gate_write(score, sizeof score, ", custom formats worth %d of %d", it->format_score,
                   it->cutoff_format_score);
    if (seeks_upgrades(j))
        gate_write(ret, size, "quality below the cutoff of '%s': %s%s", it->quality_profile,
                   gate_yes_no(it->is_cutoff_unmet), score);
    else
        gate_write(ret, size, "no file to upgrade");
}

static bool upgrade_forbidden(const struct judged *j, struct why *why UNUSED)
{
    return seeks_upgrades(j) && !j->it->is_upgrade_allowed;
}

static void say_upgrade(const struct judged *j, const struct why *why UNUSED, char *ret,
                        size_t size)
{
    if (seeks_upgrades(j))
        gate_write(ret, size, "profile '%s' allows upgrades: %s", j->it->quality_profile,
                   gate_yes_no(j->it->is_upgrade_allowed));
    else
        gate_write(ret, size, "no file to upgrade");
}

/* ---- filtered, excluded, specials_off ---- */

static bool filtered(const struct judged *j, struct why *why)
{
    const char *filter = filter_refuses(&j->q->queue->filters, j->it);
    why->detail = filter ? filter : "";
    return filter != NULL;
}

static void say_filter(const struct judged *j UNUSED, const struct why *why, char *ret, size_t size)
{
    gate_write(ret, size,
               why->detail[0] ? "does not pass filters.%s" : "passes the queue's filters",
               why->detail);
}

static bool excluded(const struct judged *j, struct why *why)
{
    const struct query *q = j->q;
    const char *name =
        q->exclusions ? exclusions_match(q->exclusions, q->owner, j->it, &why->until) : NULL;
    why->detail = name ? name : "";
    return name != NULL;
}

/* What an expensive pattern says is known of this item alone when it is the only one asked about.
 */
static void say_exclusion(const struct judged *j, const struct why *why, char *ret, size_t size)
{
    const char *costly = j->q->exclusions ? exclusions_too_expensive(j->q->exclusions, 0) : NULL;
    if (why->detail[0])
        gate_write(ret, size, "by exclusion/%s", why->detail);
    else if (costly)
        gate_write(ret, size, "by nothing; the pattern of exclusion/%s costs too much to say",
                   costly);
    else
        gate_write(ret, size, "by nothing");
}

static bool specials_off(const struct judged *j, struct why *why UNUSED)
{
    return j->it->kind == ITEM_EPISODE && j->it->season == 0 && !j->q->queue->specials;
}

static void say_special(const struct judged *j, const struct why *why UNUSED, char *ret,
                        size_t size)
{
    if (j->it->kind == ITEM_MOVIE)
        gate_write(ret, size, "a movie is none");
    else
        gate_write(ret, size, "season %d, the queue's specials: %s", j->it->season,
                   gate_yes_no(j->q->queue->specials));
}

/* ---- already_downloading: only the server knows, and a run asks it ---- */

static int compare_ids(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

bool query_is_downloading(const struct query *q, const struct item *it)
{
    const struct downloads *d = q->downloading;
    return d && d->n && bsearch(&it->id, d->at, d->n, sizeof *d->at, compare_ids);
}

static bool already_downloading(const struct judged *j, struct why *why UNUSED)
{
    return query_is_downloading(j->q, j->it);
}

static void say_downloading(const struct judged *j, const struct why *why, char *ret, size_t size)
{
    if (j->q->downloading)
        gate_write(ret, size, "in the server's download queue: %s",
                   gate_yes_no(why->reason == REASON_already_downloading));
    else
        gate_write(ret, size, "the server is asked by each run, and just before a search");
}

/* ---- searching_elsewhere ---- */

static bool searching_elsewhere(const struct judged *j, struct why *why UNUSED)
{
    const struct query *q = j->q;
    char own[ITEM_IDENTITY], season[ITEM_IDENTITY];
    if (!q->is_elsewhere)
        return false;
    return q->is_elsewhere(q->ctx, item_identity(j->it, own)) ||
           (j->it->kind == ITEM_EPISODE &&
            q->is_elsewhere(q->ctx, item_season_identity(j->it, season)));
}

static void say_elsewhere(const struct judged *j UNUSED, const struct why *why, char *ret,
                          size_t size)
{
    gate_write(ret, size, "searched on another instance now: %s",
               gate_yes_no(why->reason == REASON_searching_elsewhere));
}

/* ---- covered_by_pack: the season is searched before its episodes are ---- */

/* What airs now and what somebody asked for waits for a season that is due, not for one that rests.
 */
static bool is_urgent(const struct judged *j)
{
    return cooldown_is_lifted(j->m) || query_burst(j->q, j->it, j->m);
}

static bool covered_by_pack(const struct judged *j, struct why *why UNUSED)
{
    if (!j->q->packs || j->it->has_file || item_is_season(j->it))
        return false;
    const struct pack_key *season = packs_find(j->q->packs, j->it);
    return season && (season->is_due || !is_urgent(j));
}

static void say_pack(const struct judged *j, const struct why *why, char *ret, size_t size)
{
    if (j->it->kind == ITEM_MOVIE)
        gate_write(ret, size, "a movie has no season");
    else if (item_is_season(j->it))
        gate_write(ret, size, "it is a pack itself");
    else
        gate_write(ret, size, "its season is searched as a whole first: %s%s",
                   gate_yes_no(why->reason == REASON_covered_by_pack),
                   why->reason == REASON_covered_by_pack && !j->q->downloading
                       ? ", but not while one of it is being downloaded"
                       : "");
}

/* In the order of the gates. */
static const struct {
    enum reason reason;
    is_closed *is_closed;
    say *say;
    bool lasts;   /* does not end by itself */
    bool of_file; /* but with another file */
} gates[] = {
    {REASON_unmonitored, unmonitored, say_monitored, true},
    {REASON_not_released, not_released, say_released},
    {REASON_in_grace, in_grace, say_grace},
    {REASON_has_file, has_file, say_file, true, true},
    {REASON_cutoff_met, cutoff_met, say_cutoff, true, true},
    {REASON_upgrade_forbidden, upgrade_forbidden, say_upgrade, true, true},
    {REASON_filtered, filtered, say_filter, true},
    {REASON_excluded, excluded, say_exclusion, true},
    {REASON_specials_off, specials_off, say_special, true},
    {REASON_already_downloading, already_downloading, say_downloading},
    {REASON_cooling_down, gate_cooling_down, gate_say_cooldown},
    {REASON_held_loop_guard, gate_held_loop_guard, gate_say_loop_guard},
    {REASON_searching_elsewhere, searching_elsewhere, say_elsewhere},
    {REASON_in_flight, gate_in_flight, gate_say_flight},
    {REASON_covered_by_pack, covered_by_pack, say_pack},
};

static bool holds_for_long(const struct query *q, const struct item *it, bool but_file)
{
    static const struct item_memory nothing;
    const struct judged j = {q, it, &nothing};
    for (size_t i = 0; i < COUNT(gates); i++) {
        struct why why = {.detail = ""};
        if (gates[i].lasts && !(but_file && gates[i].of_file) && gates[i].is_closed(&j, &why))
            return true;
    }
    return false;
}

bool query_wants(const struct query *q, const struct item *it)
{
    return query_considers(q, it) && !holds_for_long(q, it, false);
}

bool query_concerns(const struct query *q, const struct item *it)
{
    return !holds_for_long(q, it, true);
}

struct why query_judge(const struct query *q, const struct item *it, const struct item_memory *m)
{
    const struct judged j = {q, it, m};
    for (size_t i = 0; i < COUNT(gates); i++) {
        struct why why = {.reason = gates[i].reason, .detail = ""};
        if (gates[i].is_closed(&j, &why))
            return why;
    }
    return (struct why){.reason = REASON_selected, .detail = ""};
}

size_t query_explain(const struct query *q, const struct item *it, const struct item_memory *m,
                     struct gate_line ret[static GATE_LINES_MAX])
{
    const struct judged j = {q, it, m};
    for (size_t i = 0; i < COUNT(gates); i++) {
        struct why why = {.detail = ""};
        ret[i].gate = gates[i].reason;
        ret[i].is_closed = gates[i].is_closed(&j, &why);
        why.reason = ret[i].is_closed ? gates[i].reason : REASON_selected;
        gates[i].say(&j, &why, ret[i].numbers, sizeof ret[i].numbers);
    }
    return COUNT(gates);
}
