/* arrsim/query.c — query parameters, lists and pages. */
#include "arrsim/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

bool ex_flag(struct ex *x, const char *key, bool otherwise)
{
    const char *v = ex_query(x, key);
    if (!v)
        return otherwise;
    if (str_case_eq(v, "true") || str_case_eq(v, "false"))
        return str_case_eq(v, "true");
    if (!is_old(x->s) && x->status == 200)
        fail_value(x, key, v);
    return otherwise;
}

int64_t ex_number(const struct ex *x, const char *key, int64_t otherwise)
{
    int64_t n;
    const char *v = ex_query(x, key);
    return v && str_int(v, &n) ? n : otherwise;
}

static bool add_numbers(struct ex *x, const char *text, struct buf *ret)
{
    while (true) {
        size_t n = strcspn(text, ",");
        int64_t value;
        if ((text[n] && !is_old(x->s)) || !str_int(arena_strndup(x->mem, text, n), &value))
            return false;
        int as_int = (int)value;
        buf_add(ret, &as_int, sizeof as_int);
        if (!text[n])
            return true;
        text += n + 1;
    }
}

bool ex_numbers(struct ex *x, const char *key, struct buf *ret_ints, size_t *ret_n)
{
    for (size_t i = 0; i < x->query.n; i++)
        if (query_is(&x->query.at[i], key) && !add_numbers(x, x->query.at[i].value, ret_ints)) {
            fail_value(x, key, x->query.at[i].value);
            return false;
        }
    *ret_n = ret_ints->n / sizeof(int);
    return true;
}

void ex_list(struct ex *x, void (*row)(struct ex *x, int row))
{
    jw_array(&x->j, NULL);
    x->row = row;
}

/* ---- pages ---- */

struct order {
    struct sim *s;
    const struct sort_key *key;
    bool ascending;
    uint64_t shuffle; /* 0: ties by id */
};

static int compare_keys(const struct order *o, int a, int b)
{
    if (o->key->text)
        return strcmp(o->key->text(o->s, a), o->key->text(o->s, b));
    int64_t va = o->key->number(o->s, a), vb = o->key->number(o->s, b);
    return (va > vb) - (va < vb);
}

static int compare(const void *pa, const void *pb, void *ctx)
{
    const struct order *o = ctx;
    int a = *(const int *)pa, b = *(const int *)pb, way = compare_keys(o, a, b);
    if (way)
        return o->ascending ? way : -way;
    if (!o->shuffle)
        return (a > b) - (a < b);
    uint64_t ha = rng_mix(o->shuffle, (uint64_t)a), hb = rng_mix(o->shuffle, (uint64_t)b);
    return (ha > hb) - (ha < hb);
}

static const struct sort_key *find_key(struct ex *x, const struct paging *p, const char *name)
{
    for (size_t i = 0; name && i < p->n_keys; i++) {
        const char *known = is_old(x->s) ? p->keys[i].old_name : p->keys[i].name;
        if (known && str_case_eq(known, name))
            return &p->keys[i];
    }
    return NULL;
}

/* Old: an unknown key is an error, and no direction means ascending, called "default". Modern: an
 * unknown key is silently the default one, and no direction means descending. */
static bool choose_order(struct ex *x, const struct paging *p, struct order *o,
                         const char **ret_way)
{
    const char *name = ex_query(x, "sortKey"), *way = ex_query(x, "sortDirection");
    o->key = find_key(x, p, name);
    if (is_old(x->s) && ((name && !o->key) || (!name && p->old_needs_key))) {
        fail_message(x, 500, "SQL logic error\nno such column",
                     "code = Error (1), message = System.Data.SQLite.SQLiteException");
        return false;
    }
    bool is_known = way && (str_case_eq(way, "ascending") || str_case_eq(way, "descending") ||
                            str_case_eq(way, "default"));
    if (way && !is_known && !is_old(x->s)) {
        fail_value(x, "sortDirection", way);
        return false;
    }
    if (is_old(x->s) && !name)
        way = p->old_ascending ? "ascending" : "descending";
    else if (!is_known)
        way = is_old(x->s) ? "default" : "descending";
    o->key = o->key ? o->key : &p->keys[0];
    o->ascending = !str_case_eq(way, "descending");
    *ret_way = str_case_eq(way, "ascending") ? "ascending"
               : o->ascending                ? "default"
                                             : "descending";
    return true;
}

static bool choose_page(struct ex *x, int64_t *ret_page, int64_t *ret_size)
{
    const char *names[] = {"page", "pageSize"};
    int64_t values[] = {1, 10};
    for (size_t i = 0; i < 2; i++) {
        const char *v = ex_query(x, names[i]);
        if (!v || str_int(v, &values[i]))
            continue;
        if (!is_old(x->s)) {
            fail_value(x, names[i], v);
            return false;
        }
    }
    *ret_page = values[0];
    *ret_size = values[1] == 0 && is_old(x->s) ? 10 : values[1];
    return true;
}

/* Which rows of n are on this page; past the end none, or for /queue an earlier page. */
static void cut_page(struct ex *x, const struct paging *p, int64_t *page, int64_t size)
{
    int64_t n = (int64_t)x->rows.n, at = MAX(*page, 1) - 1;
    if (size < 0)
        return;
    if (p->rewinds && is_on(x->s, B_queue_rewinds) && size > 0 && at * size >= n) {
        at = n ? (n - 1) / size : 0;
        *page = at + 1;
    }
    int64_t from = size && at > n / size ? n : MIN(at * size, n), to = MIN(from + size, n);
    if (from > 0)
        memmove(x->rows.at, x->rows.at + from, (size_t)(to - from) * sizeof(int));
    x->rows.n = (size_t)(to - from);
}

void ex_page(struct ex *x, const struct paging *p)
{
    struct order o = {.s = x->s, .shuffle = is_on(x->s, B_unstable_ties) ? x->s->n_requests : 0};
    const char *way;
    int64_t page, size;
    if (!choose_page(x, &page, &size) || !choose_order(x, p, &o, &way))
        return;
    int64_t total = (int64_t)x->rows.n;
    if (is_on(x->s, B_moving_totals))
        total += (int64_t)(x->s->n_requests % 3);
    if (x->rows.n)
        qsort_r(x->rows.at, x->rows.n, sizeof(int), compare, &o);
    cut_page(x, p, &page, size);
    jw_object(&x->j, NULL);
    jw_int(&x->j, "page", page);
    jw_int(&x->j, "pageSize", size);
    jw_str(&x->j, "sortKey", is_old(x->s) ? o.key->old_name : o.key->name);
    jw_str(&x->j, "sortDirection", way);
    jw_int(&x->j, "totalRecords", total);
    jw_array(&x->j, "records");
    x->row = p->row;
}
