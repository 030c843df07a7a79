/* search/order_explain.c — what an order ranks an item by, for people. */
#include <stdio.h>

#include "search/order.h"
#include "search/smart.h"

typedef void say(const struct query *q, const struct item *it, const struct item_memory *m,
                 char *ret, size_t size);

static void say_smart(const struct query *q, const struct item *it, const struct item_memory *m,
                      char *ret, size_t size)
{
    struct smart s = smart_of(q, it, m);
    smart_explain(&s, ret, size);
}

static void say_newest(const struct query *q UNUSED, const struct item *it,
                       const struct item_memory *m UNUSED, char *ret, size_t size)
{
    char at[UTC_TEXT];
    snprintf(ret, size, "released %s, newest first", utc_format_local(item_released(it), at));
}

static void say_oldest(const struct query *q UNUSED, const struct item *it,
                       const struct item_memory *m UNUSED, char *ret, size_t size)
{
    char at[UTC_TEXT];
    snprintf(ret, size, "released %s, oldest first", utc_format_local(item_released(it), at));
}

static void say_least_recent(const struct query *q UNUSED, const struct item *it,
                             const struct item_memory *m, char *ret, size_t size)
{
    char at[UTC_TEXT];
    utc_t tried = order_last_tried(it, m);
    snprintf(ret, size, "last tried %s, longest ago first",
             tried ? utc_format_local(tried, at) : "never");
}

static void say_random(const struct query *q UNUSED, const struct item *it UNUSED,
                       const struct item_memory *m, char *ret, size_t size)
{
    snprintf(ret, size, "searched %d times; what was searched least, then as each run draws",
             m->n_searches);
}

static void say_title(const struct query *q UNUSED, const struct item *it,
                      const struct item_memory *m UNUSED, char *ret, size_t size)
{
    snprintf(ret, size, "sorted as '%s', then by season and episode", it->sort_title);
}

static say *const orders[ORDER_N] = {
    [ORDER_SMART] = say_smart,   [ORDER_NEWEST] = say_newest,
    [ORDER_OLDEST] = say_oldest, [ORDER_LEAST_RECENT] = say_least_recent,
    [ORDER_RANDOM] = say_random, [ORDER_TITLE] = say_title,
};

void query_explain_rank(const struct query *q, const struct item *it, const struct item_memory *m,
                        char ret[static RANK_TEXT])
{
    orders[q->queue->order](q, it, m, ret, RANK_TEXT);
}
