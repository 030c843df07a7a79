/* engine/flips.c — counts titles, and puts them into words. */
#include "engine/flips.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* ---- counting ---- */

static size_t place_of(const struct flips *f, int64_t key)
{
    size_t low = 0, high = f->titles.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (f->titles.at[mid] < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Items of a title come near each other, and titles mostly in order: inserting is cheap. */
void flips_note(struct flips *f, uint64_t instance, const struct item *it)
{
    int64_t key = (int64_t)(instance << 40) + it->title_id;
    size_t at = place_of(f, key);
    f->n_items++;
    if (at < f->titles.n && f->titles.at[at] == key)
        return;
    vec_push(&f->titles, key);
    memmove(&f->titles.at[at + 1], &f->titles.at[at],
            (f->titles.n - 1 - at) * sizeof *f->titles.at);
    f->titles.at[at] = key;
}

void flips_done(struct flips *f)
{
    vec_done(&f->titles);
}

/* ---- words ---- */

const char *grouped(int64_t n, char ret[static GROUPED])
{
    char digits[GROUPED];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            ret[at++] = ',';
        ret[at++] = digits[i];
    }
    ret[at] = '\0';
    return ret;
}

enum unit { UNIT_SERIES, UNIT_EPISODES, UNIT_MOVIES, UNIT_N };
static const struct {
    const char *name, *one, *many;
} units[UNIT_N] = {
    [UNIT_SERIES] = {"series", "series", "series"},
    [UNIT_EPISODES] = {"episodes", "episode", "episodes"},
    [UNIT_MOVIES] = {"movies", "movie", "movies"},
};
static const struct {
    const char *kind, *direction, *one, *many;
} ways[FLIP_N] = {
    [FLIP_FREED] = {"items_searchable", "searchable", "becomes searchable again",
                    "become searchable again"},
    [FLIP_HELD] = {"items_excluded", "excluded", "becomes excluded", "become excluded"},
};

bool flips_tell(const struct flips *f, int way, int kind, bool by_episode, struct flips_words *ret)
{
    bool has_parts = by_episode && kind == ITEM_EPISODE;
    enum unit unit = has_parts ? UNIT_EPISODES : kind == ITEM_MOVIE ? UNIT_MOVIES : UNIT_SERIES;
    int64_t n = has_parts ? f->n_items : (int64_t)f->titles.n;
    char number[GROUPED];
    *ret = (struct flips_words){ways[way].kind, units[unit].name, ways[way].direction, n, ""};
    snprintf(ret->text, sizeof ret->text, "%s %s %s", grouped(n, number),
             n == 1 ? units[unit].one : units[unit].many, n == 1 ? ways[way].one : ways[way].many);
    return n > 0;
}

const char *flips_direction(const char *kind)
{
    for (int way = 0; way < FLIP_N; way++)
        if (str_eq(kind, ways[way].kind))
            return ways[way].direction;
    return NULL;
}
