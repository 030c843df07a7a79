/* store/resources.c — resources, their versions, their removal and renaming. */
#include "store/resources.h"

#include "base/mem.h"
#include "base/str.h"
#include "store/names.h"
#include "store/stmt.h"

/* ---- reading ---- */

static struct stored_resource read_resource(struct stmt *q)
{
    return (struct stored_resource){
        .kind = col_text(q, 0),
        .name = col_text(q, 1),
        .spec = col_text(q, 2),
        .hash = col_text(q, 3),
        .fingerprints = col_text(q, 4),
        .file = col_text(q, 5),
        .line = (int)col_int(q, 6),
        .col = (int)col_int(q, 7),
        .from_rev = col_int(q, 8),
        .first_applied = col_int(q, 9),
        .spec_since = col_int(q, 10),
        .archived = col_int(q, 11),
        .retained_until = col_int(q, 12),
        .written = col_text(q, 13),
    };
}

bool resources_each(struct store *s, bool is_archived,
                    void (*row)(void *ctx, const struct stored_resource *r), void *ctx,
                    struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resources_each);
    bind_int(&q, is_archived);
    while (stmt_next(&q, e)) {
        struct stored_resource r = read_resource(&q);
        row(ctx, &r);
    }
    return stmt_ended(&q);
}

bool resource_since(struct store *s, const char *kind, const char *name, utc_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_since);
    bind_text(&q, kind);
    bind_text(&q, name);
    return stmt_int(&q, ret, e);
}

bool versions_at(struct store *s, int64_t rev,
                 void (*row)(void *ctx, const struct stored_resource *r, const char *today),
                 void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_versions_at);
    bind_int(&q, rev);
    while (stmt_next(&q, e)) {
        struct stored_resource r = read_resource(&q);
        row(ctx, &r, col_text(&q, 13));
    }
    return stmt_ended(&q);
}

/* What is there under a name; id 0: nothing. */
struct known {
    int64_t id;
    bool is_archived, has_same_hash;
};

static bool find(struct store *s, const char *kind, const char *name, const char *hash,
                 struct known *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_find);
    bool is_row = false;
    bind_text(&q, kind);
    bind_text(&q, name);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = (struct known){0};
    if (is_row)
        *ret = (struct known){.id = col_int(&q, 0),
                              .is_archived = col_int(&q, 1) != 0,
                              .has_same_hash = str_eq(hash, col_text(&q, 2))};
    return true;
}

/* ---- versions ---- */

static bool close_version(struct store *s, int64_t id, int64_t rev, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_version_close);
    bind_int(&q, id);
    bind_int(&q, rev);
    return stmt_run(&q, e);
}

static bool open_version(struct store *s, int64_t id, const struct stored_resource *r, int64_t rev,
                         struct err *e)
{
    if (!close_version(s, id, rev, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_version_open);
    bind_int(&q, id);
    bind_int(&q, rev);
    bind_text(&q, r->name);
    bind_text(&q, r->spec);
    bind_text(&q, r->hash);
    return stmt_run(&q, e);
}

/* ---- writing ---- */

static void bind_place(struct stmt *q, const struct stored_resource *r)
{
    bind_text(q, r->kind);
    bind_text(q, r->name);
    bind_text(q, r->spec);
    bind_text(q, r->hash);
    bind_text(q, r->fingerprints);
    bind_text(q, r->file);
    bind_int(q, r->line);
    bind_int(q, r->col);
}

static bool insert(struct store *s, const struct stored_resource *r, int64_t rev, int64_t *ret_id,
                   struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_add);
    bind_place(&q, r);
    bind_int(&q, rev);
    bind_int(&q, r->first_applied);
    bind_int(&q, r->spec_since);
    bind_text(&q, r->written ? r->written : "");
    if (!stmt_run(&q, e))
        return false;
    *ret_id = stmt_new_id(&q);
    return true;
}

static bool update(struct store *s, const struct stored_resource *r, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_update);
    bind_place(&q, r);
    bind_text(&q, r->written ? r->written : "");
    return stmt_run(&q, e);
}

static bool note_new_spec(struct store *s, int64_t id, const struct stored_resource *r, int64_t rev,
                          struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_new_spec);
    bind_int(&q, id);
    bind_int(&q, rev);
    bind_int(&q, r->spec_since);
    return stmt_run(&q, e);
}

bool resource_put(struct store *s, const struct stored_resource *r, int64_t rev, struct err *e)
{
    struct known known;
    int64_t id;
    if (!find(s, r->kind, r->name, r->hash, &known, e))
        return false;
    if (!known.id)
        return insert(s, r, rev, &id, e) && open_version(s, id, r, rev, e);
    if (!update(s, r, e))
        return false;
    if (known.has_same_hash)
        return !known.is_archived || open_version(s, known.id, r, rev, e);
    return note_new_spec(s, known.id, r, rev, e) && open_version(s, known.id, r, rev, e);
}

static bool unknown(const char *kind, const char *name, struct err *e)
{
    return err_set(e, ERR_CONFLICT, "the state has no %s '%s'", kind, name);
}

bool resource_archive(struct store *s, const char *kind, const char *name, int64_t rev,
                      utc_t retained_until, struct err *e)
{
    struct known known;
    if (!find(s, kind, name, NULL, &known, e))
        return false;
    if (!known.id || known.is_archived)
        return unknown(kind, name, e);
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_archive);
    bind_int(&q, known.id);
    bind_int(&q, store_now(s));
    bind_int(&q, retained_until);
    return stmt_run(&q, e) && close_version(s, known.id, rev, e);
}

static bool remove_row(struct store *s, int64_t id, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_remove);
    bind_int(&q, id);
    return stmt_run(&q, e);
}

bool resource_rename(struct store *s, const char *kind, const char *from, const char *to,
                     struct err *e)
{
    struct known old, taken;
    if (!find(s, kind, from, NULL, &old, e) || !find(s, kind, to, NULL, &taken, e))
        return false;
    if (!old.id)
        return unknown(kind, from, e);
    if (taken.id && !taken.is_archived)
        return err_set(e, ERR_CONFLICT, "cannot rename %s '%s': there is a '%s' already", kind,
                       from, to);
    if (taken.id && !remove_row(s, taken.id, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resource_rename);
    bind_int(&q, old.id);
    bind_text(&q, to);
    return stmt_run(&q, e) && names_move(s, kind, from, to, e);
}

/* ---- the end of retention ---- */

bool resource_purge(struct store *s, const char *kind, const char *name, struct err *e)
{
    struct known known;
    if (!find(s, kind, name, NULL, &known, e))
        return false;
    if (!known.id || !known.is_archived)
        return unknown(kind, name, e);
    return (!str_eq(kind, "instance") || instance_forget(s, name, e)) && remove_row(s, known.id, e);
}

static bool forget_instances(struct store *s, utc_t now, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_instances_expire);
    bind_int(&q, now);
    return stmt_run(&q, e);
}

bool resources_expire(struct store *s, utc_t now, size_t *ret_n, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_join(s, &tx, e) || !forget_instances(s, now, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_resources_expire);
    bind_int(&q, now);
    if (!stmt_run(&q, e))
        return false;
    size_t n = (size_t)stmt_changes(&q);
    stmt_done(&q);
    if (!tx_commit(&tx, e))
        return false;
    *ret_n = n;
    return true;
}
