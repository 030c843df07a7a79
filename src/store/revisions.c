/* store/revisions.c — what was applied when and by whom, and the audit rows beside it. */
#include "base/mem.h"
#include "store/resources.h"
#include "store/stmt.h"

static void bind_revision(struct stmt *q, const struct revision *r)
{
    bind_int(q, r->rev);
    bind_int(q, r->applied);
    bind_text(q, r->digest);
    bind_text(q, r->actor);
    bind_text(q, r->reason);
    bind_text(q, r->plan);
    bind_text(q, r->commit);
    bind_text(q, r->branch);
    bind_text(q, r->author);
    bind_text(q, r->subject);
    bind_int(q, r->is_dirty);
    bind_int(q, r->n_resources);
    bind_int(q, r->n_added);
    bind_int(q, r->n_changed);
    bind_int(q, r->n_removed);
}

static bool insert(struct store *s, const struct revision *r, int64_t *ret_rev, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_revision_add);
    bind_revision(&q, r);
    if (!stmt_run(&q, e))
        return false;
    *ret_rev = stmt_new_id(&q);
    return true;
}

static bool trim(struct store *s, enum sql sql, int64_t rev, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, rev - REVISIONS_KEPT);
    return stmt_run(&q, e);
}

bool revision_add(struct store *s, const struct revision *r, int64_t *ret_rev, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    int64_t rev;
    if (!tx_join(s, &tx, e) || !insert(s, r, &rev, e) || !trim(s, SQL_versions_trim, rev, e) ||
        !trim(s, SQL_contents_trim, rev, e) || !trim(s, SQL_revision_trim, rev, e) ||
        !tx_commit(&tx, e))
        return false;
    *ret_rev = rev;
    return true;
}

static struct revision read_revision(struct stmt *q)
{
    return (struct revision){
        .rev = col_int(q, 0),
        .applied = col_int(q, 1),
        .digest = mem_strdup(col_text(q, 2)),
        .actor = mem_strdup(col_text(q, 3)),
        .reason = mem_strdup(col_text(q, 4)),
        .plan = mem_strdup(col_text(q, 5)),
        .commit = mem_strdup(col_text(q, 6)),
        .branch = mem_strdup(col_text(q, 7)),
        .author = mem_strdup(col_text(q, 8)),
        .subject = mem_strdup(col_text(q, 9)),
        .is_dirty = col_bool(q, 10),
        .n_resources = (int)col_int(q, 11),
        .n_added = (int)col_int(q, 12),
        .n_changed = (int)col_int(q, 13),
        .n_removed = (int)col_int(q, 14),
    };
}

bool revision_latest(struct store *s, struct revision *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_revision_latest);
    bool is_row = false;
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = is_row ? read_revision(&q) : (struct revision){0};
    return true;
}

bool revision_find(struct store *s, int64_t rev, struct revision *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_revision_find);
    bool is_row = false;
    bind_int(&q, rev);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = is_row ? read_revision(&q) : (struct revision){0};
    return true;
}

bool revisions_each(struct store *s, size_t limit, void (*row)(void *ctx, const struct revision *r),
                    void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_revisions_each);
    bind_int(&q, limit > INT64_MAX ? -1 : (int64_t)limit);
    while (stmt_next(&q, e)) {
        CLEANUP(revision_done) struct revision r = read_revision(&q);
        row(ctx, &r);
    }
    return stmt_ended(&q);
}

void revision_done(struct revision *r)
{
    const char *const owned[] = {r->digest, r->actor,  r->reason, r->plan,
                                 r->commit, r->branch, r->author, r->subject};
    for (size_t i = 0; i < COUNT(owned); i++)
        mem_free((void *)(uintptr_t)owned[i]);
    *r = (struct revision){0};
}

/* ---- audit ---- */

bool audit_add(struct store *s, const struct audit *a, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_audit_add);
    bind_int(&q, a->at);
    bind_text(&q, a->actor);
    bind_text(&q, a->action);
    bind_text(&q, a->address);
    bind_text(&q, a->detail);
    bind_int(&q, a->rev);
    return stmt_run(&q, e);
}

static struct audit read_audit(struct stmt *q)
{
    return (struct audit){
        .at = col_int(q, 0),
        .actor = col_text(q, 1),
        .action = col_text(q, 2),
        .address = col_text(q, 3),
        .detail = col_text(q, 4),
        .rev = col_int(q, 5),
        .commit = col_text(q, 6),
        .claimed_author = col_text(q, 7),
    };
}

bool audit_each(struct store *s, utc_t since, void (*row)(void *ctx, const struct audit *a),
                void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_audit_each);
    bind_int(&q, since);
    while (stmt_next(&q, e)) {
        struct audit a = read_audit(&q);
        row(ctx, &a);
    }
    return stmt_ended(&q);
}

bool revision_number(struct store *s, int64_t *ret, struct err *e)
{
    return sql_int(s, SQL_revision_number, ret, e);
}
