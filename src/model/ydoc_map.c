/* model/ydoc_map.c — equal keys, and merge keys: `<<` takes a map or a list of maps, and what is
 * written in the map itself wins, then what comes first in the list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/ydoc_parts.h"

struct slot { /* one key of a map, for sorting */
    const char *text;
    size_t i;
};
struct slots {
    VEC(struct slot) v;
};

static void slots_done(struct slots *s)
{
    vec_done(&s->v);
}

static int slot_compare(const void *a, const void *b)
{
    const struct slot *x = a, *y = b;
    int by_text = strcmp(x->text, y->text);
    if (by_text)
        return by_text;
    return x->i < y->i ? -1 : x->i > y->i;
}

static void slots_sort(struct slots *s)
{
    if (s->v.n)
        qsort(s->v.at, s->v.n, sizeof *s->v.at, slot_compare);
}

static bool slots_has(const struct slots *s, const char *text)
{
    size_t low = 0, high = s->v.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(s->v.at[middle].text, text);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void report_twice(struct ydoc *y, const struct ynode *first, const struct ynode *second)
{
    char message[120];
    snprintf(message, sizeof message, "the key '%.60s' is given twice", first->text);
    int n_cols = second->end_line == second->at.line ? second->end_col - second->at.col : 1;
    ydoc_report_two(y, DIAG_E103, second->at, n_cols, first->at,
                    "remove one of the two: YAML would silently keep only one", message);
}

/* Reports each key that was there before and drops it by making its text NULL. */
static void drop_twice(struct ydoc *y, struct ynode *map, struct slots *slots)
{
    for (size_t i = 0; i < map->n; i++)
        vec_push(&slots->v, (struct slot){map->entries[i].key->text, i});
    slots_sort(slots);
    size_t first = 0;
    for (size_t i = 1; i < slots->v.n; i++) {
        struct yentry *entry = &map->entries[slots->v.at[i].i];
        if (!str_eq(slots->v.at[i].text, slots->v.at[first].text)) {
            first = i;
            continue;
        }
        report_twice(y, map->entries[slots->v.at[first].i].key, entry->key);
        entry->key = NULL;
    }
}

/* ---- merging ---- */

struct merging {
    struct ydoc *y;
    struct slots keys; /* that the map has, sorted */
    VEC(struct yentry) entries;
};

static bool is_merge_key(const struct ynode *key)
{
    return key->is_plain && key->tag == YTAG_NONE && str_eq(key->text, "<<");
}

static struct ynode *merged_copy(struct ydoc *y, const struct ynode *value)
{
    struct ynode *copy = ARENA_NEW(y->arena, struct ynode);
    *copy = *value;
    if (!copy->merged_from)
        copy->merged_from = arena_printf(y->arena, "%s:%d", y->file, value->at.line);
    return copy;
}

static void merge_map(struct merging *m, const struct ynode *from)
{
    size_t n_before = m->entries.n;
    for (size_t i = 0; i < from->n; i++)
        if (!slots_has(&m->keys, from->entries[i].key->text))
            vec_push(&m->entries, (struct yentry){from->entries[i].key,
                                                  merged_copy(m->y, from->entries[i].value)});
    for (size_t i = n_before; i < m->entries.n; i++)
        vec_push(&m->keys.v, (struct slot){m->entries.at[i].key->text, i});
    slots_sort(&m->keys);
}

static bool refuse_merge(struct ydoc *y, const struct ynode *value)
{
    if (value->is_reported)
        return true;
    ydoc_report(y, DIAG_E112, value->at, 1, "write <<: *name, or <<: [*one, *two]",
                "<< takes a map or a list of maps");
    return true;
}

/* False only when the budget is spent. */
static bool merge(struct merging *m, const struct ynode *value, struct extent extent)
{
    if (!ydoc_spend(m->y, extent.n_nodes, value->at))
        return false;
    if (value->type == Y_MAP)
        merge_map(m, value);
    for (size_t i = 0; value->type == Y_LIST && i < value->n; i++) {
        if (value->items[i]->type == Y_MAP)
            merge_map(m, value->items[i]);
        else
            refuse_merge(m->y, value->items[i]);
    }
    return value->type != Y_SCALAR || refuse_merge(m->y, value);
}

static void entries_take(struct merging *m, struct ynode *map)
{
    map->n = m->entries.n;
    map->entries = ARENA_ARRAY(m->y->arena, struct yentry, map->n);
    if (map->n)
        memcpy(map->entries, m->entries.at, map->n * sizeof *map->entries);
    vec_done(&m->entries);
}

/* Without the dropped entries and the merge key; its index, or the number of entries. */
static size_t keep_own(struct merging *m, const struct ynode *map)
{
    size_t merge_at = map->n;
    for (size_t i = 0; i < map->n; i++) {
        if (!map->entries[i].key)
            continue;
        if (is_merge_key(map->entries[i].key))
            merge_at = i;
        else
            vec_push(&m->entries, map->entries[i]);
    }
    return merge_at;
}

static void merging_done(struct merging *m)
{
    slots_done(&m->keys);
    vec_done(&m->entries);
}

bool ydoc_map_finish(struct ydoc *y, struct ynode *map, const struct extent extents[],
                     struct extent *ret_extra)
{
    CLEANUP(merging_done) struct merging m = {.y = y};
    drop_twice(y, map, &m.keys);
    size_t merge_at = keep_own(&m, map);
    if (merge_at < map->n) {
        if (!merge(&m, map->entries[merge_at].value, extents[merge_at]))
            return false;
        *ret_extra = extents[merge_at];
    }
    entries_take(&m, map);
    return true;
}
