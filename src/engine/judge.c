/* engine/judge.c — verdicts from evidence. */
#include "engine/judge.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* Back as well as on: a server's clock may have been set in between, and nothing but a search
 * writes that time. */
static bool has_search_moved(const struct evidence *e)
{
    return e->searched_after && e->searched_after != e->searched_before;
}

/* The command ended well. That alone says nothing about the search having happened: with no usable
 * indexer the server completes in milliseconds. */
static enum verdict judge_completed(const struct evidence *e)
{
    if (e->tells_last_search && !has_search_moved(e))
        return VERDICT_NO_INDEXERS;
    return e->are_indexers_down ? VERDICT_NO_INDEXERS : VERDICT_NOTHING;
}

/* Nothing tells how it ended: the server has forgotten the command, or never had it. One that had
 * started when the server restarted left no trace either, and indexers were asked. */
static enum verdict judge_without_end(const struct evidence *e)
{
    bool is_proof = e->tells_last_search && !has_search_moved(e) && !e->has_restarted;
    return is_proof ? VERDICT_LOST : VERDICT_UNKNOWN;
}

enum verdict judge(const struct evidence *e)
{
    if (e->grabs > 0)
        return VERDICT_GRABBED;
    if (e->has_clock_turned)
        return VERDICT_UNKNOWN;
    if (!e->has_command)
        return judge_without_end(e);
    switch (e->state) {
    case ARR_COMPLETED: return judge_completed(e);
    case ARR_COMMAND_FAILED: return VERDICT_FAILED;
    case ARR_ORPHANED: /* it had started: only those are orphaned, the others run again */
    case ARR_QUEUED:
    case ARR_STARTED: return VERDICT_UNKNOWN;
    }
    return VERDICT_UNKNOWN;
}

/* FNV-1a, 64 bit. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ p[i]) * 0x100000001B3u;
    return hash;
}

/* One download id is one release; blackholes give none, there the same title in the same second is.
 */
static uint64_t release_key(const struct arr_history *row)
{
    const uint64_t basis = 0xCBF29CE484222325u;
    if (row->download_id[0])
        return mix(basis, row->download_id, strlen(row->download_id));
    utc_t second = row->date / 1000;
    return mix(mix(basis, row->source_title, strlen(row->source_title)), &second, sizeof second);
}

static int compare_ids(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* NULL: not one of those searched. */
static const int64_t *searched(const struct grab_count *g, int64_t item)
{
    return g->n_items ? bsearch(&item, g->items, g->n_items, sizeof item, compare_ids) : NULL;
}

static bool counts(const struct grab_count *g, const struct arr_history *row)
{
    if (row->type != ARR_HISTORY_GRABBED || !searched(g, row->item_id))
        return false;
    if (row->date / 1000 < g->from / 1000 || row->date > g->until)
        return false;
    return !g->checks_source || !row->release_source[0] ||
           str_case_eq(row->release_source, "UserInvokedSearch");
}

/* A longer id is none that could be found again. */
static void note_download(struct grab_count *g, const char *id)
{
    if (g->n_downloads < GRAB_IDS_MAX && strlen(id) < GRAB_ID)
        memcpy(g->downloads[g->n_downloads++], id, strlen(id) + 1);
}

void grab_count_add(struct grab_count *g, const struct arr_history *row)
{
    if (!counts(g, row))
        return;
    if (g->is_found)
        g->is_found[searched(g, row->item_id) - g->items] = true;
    uint64_t key = release_key(row);
    for (int i = 0; i < g->n; i++)
        if (g->seen[i] == key)
            return;
    if (g->n < GRABS_MAX) {
        g->seen[g->n++] = key;
        note_download(g, row->download_id);
    }
}

bool is_foreign(const struct arr_command *c, utc_t server_date_at_intent)
{
    return c->queued && server_date_at_intent && c->queued / 1000 < server_date_at_intent / 1000;
}
