/* loop/heap.c — a binary heap of timers. */
#include "loop/heap.h"

static bool is_before(const struct timer *a, const struct timer *b)
{
    return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void place(struct heap *h, size_t at, struct timer *t)
{
    h->timers.at[at] = t;
    t->at = at;
}

static void rise(struct heap *h, size_t at)
{
    struct timer *t = h->timers.at[at];
    while (at > 0 && is_before(t, h->timers.at[(at - 1) / 2])) {
        place(h, at, h->timers.at[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(h, at, t);
}

static void sink(struct heap *h, size_t at)
{
    struct timer *t = h->timers.at[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < h->timers.n && is_before(h->timers.at[child + 1], h->timers.at[child]))
            child++;
        if (child >= h->timers.n || !is_before(h->timers.at[child], t))
            break;
        place(h, at, h->timers.at[child]);
        at = child;
    }
    place(h, at, t);
}

void heap_done(struct heap *h)
{
    for (size_t i = 0; i < h->timers.n; i++)
        mem_free(h->timers.at[i]);
    vec_done(&h->timers);
}

struct timer *heap_add(struct heap *h, ms_t due, void (*fn)(void *ctx), void *ctx,
                       struct loop *loop)
{
    struct timer *t = NEW(struct timer);
    *t = (struct timer){.due = due, .order = ++h->n_made, .fn = fn, .ctx = ctx, .loop = loop};
    vec_push(&h->timers, t);
    rise(h, h->timers.n - 1);
    return t;
}

void heap_remove(struct heap *h, struct timer *t)
{
    size_t at = t->at;
    struct timer *last = h->timers.at[--h->timers.n];
    mem_free(t);
    if (at == h->timers.n)
        return;
    place(h, at, last);
    rise(h, at);
    sink(h, last->at);
}

struct timer *heap_first(const struct heap *h)
{
    return h->timers.n ? h->timers.at[0] : NULL;
}

uint64_t heap_newest(const struct heap *h)
{
    return h->n_made;
}

struct timer *heap_due(const struct heap *h, ms_t now, uint64_t newest)
{
    struct timer *t = heap_first(h);
    return t && t->due <= now && t->order <= newest ? t : NULL;
}
