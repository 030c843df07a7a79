/* search/shortlist.c — a bounded heap. */
#include "search/shortlist.h"

#include <stdlib.h>
#include <string.h>

/* ---- keeping ---- */

/* Copies every string of the item into one block. */
static char *own_strings(struct item *it)
{
    const char **const strings[] = {&it->imdb_id,       &it->title,           &it->sort_title,
                                    &it->episode_title, &it->quality_profile, &it->tags,
                                    &it->genres};
    size_t n_bytes = 0;
    for (size_t i = 0; i < COUNT(strings); i++)
        n_bytes += (*strings[i] ? strlen(*strings[i]) : 0) + 1;
    char *block = mem_zeroed(n_bytes), *p = block;
    for (size_t i = 0; i < COUNT(strings); i++) {
        const char *text = *strings[i] ? *strings[i] : "";
        memcpy(p, text, strlen(text) + 1);
        *strings[i] = p;
        p += strlen(p) + 1;
    }
    return block;
}

static void keep(struct kept *k, const struct pick *pick)
{
    k->pick = *pick;
    k->strings = own_strings(&k->pick.item);
}

/* ---- the heap: a parent is never better than its children ---- */

static bool is_worse(const struct shortlist *s, size_t a, size_t b)
{
    return s->compare(s->query, &s->heap.at[a].pick, &s->heap.at[b].pick) > 0;
}

static void swap(struct shortlist *s, size_t a, size_t b)
{
    struct kept k = s->heap.at[a];
    s->heap.at[a] = s->heap.at[b];
    s->heap.at[b] = k;
}

static void rise(struct shortlist *s, size_t at)
{
    for (; at > 0 && is_worse(s, at, (at - 1) / 2); at = (at - 1) / 2)
        swap(s, at, (at - 1) / 2);
}

static void sink(struct shortlist *s, size_t at)
{
    for (;;) {
        size_t worst = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < s->heap.n && is_worse(s, child, worst))
                worst = child;
        if (worst == at)
            return;
        swap(s, at, worst);
        at = worst;
    }
}

static void add(struct shortlist *s, const struct pick *pick)
{
    struct kept k;
    keep(&k, pick);
    vec_push(&s->heap, k);
    rise(s, s->heap.n - 1);
}

void shortlist_offer(struct shortlist *s, const struct pick *pick)
{
    if (s->heap.n < s->limit) {
        add(s, pick);
        return;
    }
    if (s->limit == 0 || s->compare(s->query, pick, &s->heap.at[0].pick) >= 0)
        return;
    mem_free(s->heap.at[0].strings);
    keep(&s->heap.at[0], pick);
    sink(s, 0);
}

static int compare_kept(const void *a, const void *b, void *ctx)
{
    const struct shortlist *s = ctx;
    return s->compare(s->query, &((const struct kept *)a)->pick, &((const struct kept *)b)->pick);
}

void shortlist_sort(struct shortlist *s)
{
    if (s->heap.n)
        qsort_r(s->heap.at, s->heap.n, sizeof *s->heap.at, compare_kept, s);
    for (size_t i = 0; i < s->heap.n; i++)
        item_identity(&s->heap.at[i].pick.item, s->heap.at[i].pick.identity);
}

void shortlist_done(struct shortlist *s)
{
    for (size_t i = 0; i < s->heap.n; i++)
        mem_free(s->heap.at[i].strings);
    vec_done(&s->heap);
}
