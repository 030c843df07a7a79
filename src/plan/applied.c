/* plan/applied.c — loads what was applied. */
#include "plan/applied.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/jx.h"
#include "base/str.h"
#include "plan/domains.h"
#include "plan/prints.h"

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
    copy.written = arena_strdup(a, r->written);
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

json_t *applied_spec(const struct applied *a)
{
    if (!a->spec) /* known by its name alone: a recorded plan */
        return NULL;
    if (!*a->spec)
        *a->spec = parse_object(a->row.spec);
    return *a->spec;
}

static bool has_drifted(const struct stored_resource *r)
{
    uint8_t sum[SHA256_BYTES];
    char hex[SHA256_HEX];
    hash_sha256(r->spec, strlen(r->spec), sum);
    return !str_eq(hash_hex(sum, sizeof sum, hex), r->hash);
}

static void take_version(void *ctx, const struct stored_resource *r, const char *today)
{
    struct loading *l = ctx;
    int kind = kind_find(r->kind);
    if (kind < 0)
        return; /* of a newer program: the store refuses its schema before we get here */
    struct applied a = {
        .kind = (enum kind)kind,
        .row = copy_row(l->arena, r),
        .spec = ARENA_ARRAY(l->arena, json_t *, 1),
        .prints = parse_object(r->fingerprints),
        .has_drifted = has_drifted(r),
        .today = arena_strdup(l->arena, today),
    };
    vec_push(l->rows, a);
}

static void take_row(void *ctx, const struct stored_resource *r)
{
    take_version(ctx, r, NULL);
}

static int by_kind_and_name(const void *a, const void *b)
{
    const struct applied *x = a, *y = b;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : strcmp(x->row.name, y->row.name);
}

static void sort(struct applied_rows *rows)
{
    if (rows->n > 0)
        qsort(rows->at, rows->n, sizeof *rows->at, by_kind_and_name);
}

static bool load_rows(struct store *store, bool is_archived, struct arena *arena,
                      struct applied_rows *ret, struct err *e)
{
    struct loading l = {arena, ret};
    if (!resources_each(store, is_archived, take_row, &l, e))
        return false;
    sort(ret);
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
    ret->commit = arena_strdup(arena, r.commit);
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

/* ---- an older revision ---- */

static bool no_revision(struct store *store, int64_t rev, struct err *e)
{
    CLEANUP(revision_done) struct revision newest = {0};
    if (!revision_latest(store, &newest, e))
        return false;
    return err_set(e, ERR_USAGE,
                   "there is no revision %lld; the newest is %lld (splintarr history)",
                   (long long)rev, (long long)newest.rev);
}

static bool check_whole(const struct revision *r, size_t n, struct err *e)
{
    if ((size_t)r->n_resources == n)
        return true;
    return err_set(e, ERR_REFUSED,
                   "revision %lld had %d resources and %zu of them are still kept: the others were "
                   "purged, or their retention is over",
                   (long long)r->rev, r->n_resources, n);
}

bool applied_load_at(struct store *store, int64_t rev, struct arena *arena,
                     struct applied_state *ret, struct err *e)
{
    CLEANUP(applied_done) struct applied_state s = {0};
    CLEANUP(revision_done) struct revision r = {0};
    struct loading l = {arena, &s.live};
    if (!revision_find(store, rev, &r, e))
        return false;
    if (r.rev == 0)
        return no_revision(store, rev, e);
    if (!versions_at(store, rev, take_version, &l, e) || !check_whole(&r, s.live.n, e))
        return false;
    sort(&s.live);
    s.revision = r.rev;
    s.applied_at = r.applied;
    s.digest = arena_strdup(arena, r.digest);
    s.commit = arena_strdup(arena, r.commit);
    *ret = TAKE_STRUCT(s);
    return true;
}

/* ---- another tree ---- */

static struct applied row_of(const struct config *config, const struct resource *r,
                             struct arena *arena)
{
    CLEANUP(freep) char *spec = jx_canonical(r->canonical);
    return (struct applied){
        .kind = r->kind,
        .row = {.kind = kind_names[r->kind],
                .name = r->name,
                .spec = arena_strdup(arena, spec),
                .hash = r->hash,
                .file = r->at.file,
                .line = r->at.line,
                .col = r->at.col},
        .spec = ARENA_ARRAY(arena, json_t *, 1),
        .prints = prints_of(r, config, NULL, NULL, NULL, arena),
    };
}

void applied_as(const struct config *config, const char *digest, struct arena *arena,
                struct applied_state *ret)
{
    struct applied_state s = {.digest = digest};
    for (size_t i = 0; i < config_n(config); i++)
        vec_push(&s.live, row_of(config, config_at(config, i), arena));
    sort(&s.live);
    *ret = s;
}

static void rows_done(struct applied_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        json_decref(*rows->at[i].spec);
        json_decref(rows->at[i].prints);
    }
    vec_done(rows);
}

void applied_done(struct applied_state *s)
{
    rows_done(&s->live);
    rows_done(&s->archived);
}

bool applied_add(const struct applied *a, struct config *config, struct err *e)
{
    struct arena *arena = config_arena(config);
    const char *domain = domain_of_name(a->row.name, arena);
    struct loc at = {a->row.file, a->row.line, a->row.col};
    if (!str_eq(domain_of(at.file, arena), domain))
        at.file = *domain ? arena_printf(arena, "tenants/%s/", domain) : "splintarr.yaml";
    return config_add_stored_at(config, a->kind, a->row.name, a->row.spec, &at, e);
}

struct applied *applied_find(const struct applied_rows *rows, enum kind kind, const char *name)
{
    const struct applied key = {.kind = kind, .row.name = name};
    return rows->n > 0 ? bsearch(&key, rows->at, rows->n, sizeof key, by_kind_and_name) : NULL;
}
