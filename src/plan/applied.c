/* plan/applied.c — loads what was applied. */
#include "plan/applied.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/jx.h"
#include "base/str.h"

struct loading {
    struct arena *arena;
    struct applied_rows *rows;
};

static struct stored_resource copy_row(struct arena *a, const struct stored_resource *r)
{
    struct stored_resource copy = *r;
    copy.kind = arena_strdup(a, r->kind);
    copy.name = arena_strdup(a, r->name);
    copy.spec = arena_strdup(a, r->spec);
    copy.hash = arena_strdup(a, r->hash);
    copy.fingerprints = arena_strdup(a, r->fingerprints);
    copy.file = arena_strdup(a, r->file);
    return copy;
}

static json_t *parse_object(const char *text)
{
    json_t *j = NULL;
    struct err e;
    if (!text || !jx_parse(text, strlen(text), &j, &e))
        return NULL;
    if (json_is_object(j))
        return j;
    json_decref(j);
    return NULL;
}

static bool has_drifted(const struct stored_resource *r)
{
    uint8_t sum[SHA256_BYTES];
    char hex[SHA256_HEX];
    hash_sha256(r->spec, strlen(r->spec), sum);
    return !str_eq(hash_hex(sum, sizeof sum, hex), r->hash);
}

static void take_row(void *ctx, const struct stored_resource *r)
{
    struct loading *l = ctx;
    int kind = kind_find(r->kind);
    if (kind < 0)
        return; /* of a newer program: the store refuses its schema before we get here */
    struct applied a = {
        .kind = (enum kind)kind,
        .row = copy_row(l->arena, r),
        .spec = parse_object(r->spec),
        .prints = parse_object(r->fingerprints),
        .has_drifted = has_drifted(r),
    };
    vec_push(l->rows, a);
}

static int by_kind_and_name(const void *a, const void *b)
{
    const struct applied *x = a, *y = b;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : strcmp(x->row.name, y->row.name);
}

static bool load_rows(struct store *store, bool is_archived, struct arena *arena,
                      struct applied_rows *ret, struct err *e)
{
    struct loading l = {arena, ret};
    if (!resources_each(store, is_archived, take_row, &l, e))
        return false;
    if (ret->n > 0)
        qsort(ret->at, ret->n, sizeof *ret->at, by_kind_and_name);
    return true;
}

static bool load_revision(struct store *store, struct arena *arena, struct applied_state *ret,
                          struct err *e)
{
    CLEANUP(revision_done) struct revision r = {0};
    if (!revision_latest(store, &r, e))
        return false;
    ret->revision = r.rev;
    ret->applied_at = r.applied;
    ret->digest = arena_strdup(arena, r.digest);
    return true;
}

bool applied_load(struct store *store, struct arena *arena, struct applied_state *ret,
                  struct err *e)
{
    CLEANUP(applied_done) struct applied_state s = {0};
    if (store &&
        (!load_revision(store, arena, &s, e) || !load_rows(store, false, arena, &s.live, e) ||
         !load_rows(store, true, arena, &s.archived, e)))
        return err_in(e, "reading what was applied");
    *ret = TAKE_STRUCT(s);
    return true;
}

static void rows_done(struct applied_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        json_decref(rows->at[i].spec);
        json_decref(rows->at[i].prints);
    }
    vec_done(rows);
}

void applied_done(struct applied_state *s)
{
    rows_done(&s->live);
    rows_done(&s->archived);
}

struct applied *applied_find(const struct applied_rows *rows, enum kind kind, const char *name)
{
    const struct applied key = {.kind = kind, .row.name = name};
    return rows->n > 0 ? bsearch(&key, rows->at, rows->n, sizeof key, by_kind_and_name) : NULL;
}
