/* What was applied: versions follow revisions (reconcile page, section 7), removal is soft and
 * comes back (section 5), a rename moves everything, stored secrets leave no trace in the file's
 * bytes. */
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "store/handle.h"
#include "store/resources.h"
#include "unit/store_state.h"

static struct stored_resource resource(const char *kind, const char *name, const char *spec)
{
    return (struct stored_resource){.kind = kind,
                                    .name = name,
                                    .spec = spec,
                                    .hash = spec,
                                    .fingerprints = "{}",
                                    .file = "a.yaml",
                                    .line = 3,
                                    .col = 5,
                                    .first_applied = NOON,
                                    .spec_since = NOON};
}

static void put(struct state *t, const char *kind, const char *name, const char *spec, int64_t rev)
{
    struct stored_resource r = resource(kind, name, spec);
    r.first_applied = r.spec_since = clock_utc(&t->clock.clock);
    OK(t, resource_put(t->store, &r, rev, &t->e));
}

/* The rows as text: "kind/name=spec@from_rev first+since;" with times in hours after noon. */
static void write_row(void *ctx, const struct stored_resource *r)
{
    buf_printf(ctx, "%s/%s=%s@%d %d+%d;", r->kind, r->name, r->spec, (int)r->from_rev,
               (int)((r->first_applied - NOON) / HOURS(1)),
               (int)((r->spec_since - NOON) / HOURS(1)));
}

static void assert_rows(struct state *t, bool is_archived, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 4096);
    OK(t, resources_each(t->store, is_archived, write_row, &b, &t->e));
    assert_string_equal(b.at, expected);
}

/* One number out of the database, by a question no caller may ask. */
static int64_t ask(struct state *t, const char *sql)
{
    sqlite3_stmt *raw = NULL;
    if (sqlite3_prepare_v2(t->store->db, sql, -1, &raw, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(t->store->db));
    int64_t value = sqlite3_step(raw) == SQLITE_ROW ? sqlite3_column_int64(raw, 0) : -1;
    sqlite3_finalize(raw);
    return value;
}

static void a_resource_is_kept_as_given(void **state)
{
    struct state *t = *state;
    struct stored_resource r = resource("queue", "tv", "{\"every\":21600}");
    OK(t, resource_put(t->store, &r, 1, &t->e));
    assert_int_equal(ask(t,
                         "SELECT count(*) FROM resources WHERE kind = 'queue' AND name = 'tv' AND "
                         "spec = '{\"every\":21600}' AND hash = spec"
                         " AND fingerprints = '{}' AND file = 'a.yaml' AND line = 3 AND col = 5"),
                     1);
}

static void a_new_spec_opens_a_version(void **state)
{
    struct state *t = *state;
    put(t, "queue", "tv", "A", 1);
    virtual_clock_advance(&t->clock, HOURS(1));
    put(t, "queue", "tv", "A", 2); /* same hash: nothing new */
    assert_rows(t, false, "queue/tv=A@1 0+0;");
    virtual_clock_advance(&t->clock, HOURS(1));
    put(t, "queue", "tv", "B", 3);
    assert_rows(t, false, "queue/tv=B@3 0+2;");
    assert_int_equal(ask(t, "SELECT count(*) FROM resource_versions"), 2);
    assert_int_equal(
        ask(t, "SELECT to_rev FROM resource_versions WHERE spec = 'A' AND from_rev = 1"), 3);
    assert_int_equal(
        ask(t, "SELECT to_rev IS NULL FROM resource_versions WHERE spec = 'B' AND from_rev = 3"),
        1);
}

static void a_removed_one_comes_back(void **state)
{
    struct state *t = *state;
    put(t, "queue", "tv", "A", 1);
    virtual_clock_advance(&t->clock, HOURS(5));
    OK(t, resource_archive(t->store, "queue", "tv", 2, NOON + DAYS(30), &t->e));
    assert_rows(t, false, "");
    assert_rows(t, true, "queue/tv=A@1 0+0;");
    assert_int_equal(ask(t, "SELECT archived FROM resources"), NOON + HOURS(5));
    put(t, "queue", "tv", "A", 3);
    assert_rows(t, true, "");
    assert_rows(t, false, "queue/tv=A@1 0+0;"); /* anchored where it was first applied */
    assert_int_equal(ask(t, "SELECT to_rev FROM resource_versions WHERE from_rev = 1"), 2);
    assert_int_equal(ask(t, "SELECT to_rev IS NULL FROM resource_versions WHERE from_rev = 3"), 1);
}

static void removing_what_is_not_there_says_so(void **state)
{
    struct state *t = *state;
    assert_false(resource_archive(t->store, "queue", "tv", 2, 0, &t->e));
    assert_int_equal(t->e.code, ERR_CONFLICT);
    assert_non_null(strstr(t->e.msg, "no queue 'tv'"));
}

static void retention_ends(void **state)
{
    struct state *t = *state;
    size_t n = 9;
    put(t, "queue", "a", "A", 1);
    put(t, "queue", "b", "B", 1);
    put(t, "queue", "c", "C", 1);
    OK(t, resource_archive(t->store, "queue", "a", 2, NOON + DAYS(30), &t->e));
    OK(t, resource_archive(t->store, "queue", "b", 2, NOON + DAYS(31), &t->e));
    OK(t, resources_expire(t->store, NOON + DAYS(30) - 1, &n, &t->e));
    assert_int_equal(n, 0);
    OK(t, resources_expire(t->store, NOON + DAYS(30), &n, &t->e));
    assert_int_equal(n, 1);
    assert_rows(t, true, "queue/b=B@1 0+0;");
    assert_rows(t, false, "queue/c=C@1 0+0;");
    assert_int_equal(ask(t, "SELECT count(*) FROM resource_versions"), 2);
}

static void a_rename_keeps_versions(void **state)
{
    struct state *t = *state;
    put(t, "queue", "old", "A", 1);
    put(t, "queue", "other", "X", 1);
    OK(t, resource_rename(t->store, "queue", "old", "new", &t->e));
    put(t, "queue", "new", "B", 2);
    assert_rows(t, false, "queue/new=B@2 0+0;queue/other=X@1 0+0;");
    assert_int_equal(ask(t, "SELECT count(*) FROM resource_versions v JOIN resources r ON r.id = "
                            "v.resource WHERE r.name = 'new'"),
                     2);
    assert_false(resource_rename(t->store, "queue", "new", "other", &t->e));
    assert_int_equal(t->e.code, ERR_CONFLICT);
    assert_false(resource_rename(t->store, "queue", "nobody", "x", &t->e));
    assert_int_equal(t->e.code, ERR_CONFLICT);
    OK(t, resource_archive(t->store, "queue", "other", 3, NOON, &t->e));
    OK(t, resource_rename(t->store, "queue", "new", "other",
                          &t->e)); /* over a removed one: that one is gone */
    assert_rows(t, false, "queue/other=B@2 0+0;");
    assert_rows(t, true, "");
}

static void revisions_count_up(void **state)
{
    struct state *t = *state;
    CLEANUP(revision_done) struct revision latest = {0};
    int64_t rev = 0;
    OK(t, revision_latest(t->store, &latest, &t->e));
    assert_int_equal(latest.rev, 0);
    const struct revision r = {.applied = NOON,
                               .digest = "sha256:ab",
                               .actor = "cli:uid=1000",
                               .reason = "r",
                               .plan = "{}",
                               .commit = "c0ffee",
                               .branch = "main",
                               .author = "A",
                               .subject = "S",
                               .is_dirty = true,
                               .n_resources = 4,
                               .n_added = 3,
                               .n_changed = 2,
                               .n_removed = 1};
    OK(t, revision_add(t->store, &r, &rev, &t->e));
    assert_int_equal(rev, 1);
    OK(t, revision_add(t->store, &r, &rev, &t->e));
    assert_int_equal(rev, 2);
    OK(t, revision_latest(t->store, &latest, &t->e));
    assert_int_equal(latest.rev, 2);
    assert_int_equal(latest.applied, NOON);
    assert_string_equal(latest.digest, "sha256:ab");
    assert_string_equal(latest.actor, "cli:uid=1000");
    assert_string_equal(latest.commit, "c0ffee");
    assert_string_equal(latest.subject, "S");
    assert_true(latest.is_dirty);
    assert_int_equal(latest.n_resources * 1000 + latest.n_added * 100 + latest.n_changed * 10 +
                         latest.n_removed,
                     4321);
}

static void fifty_revisions_keep_their_versions(void **state)
{
    struct state *t = *state;
    int64_t rev = 0;
    for (int i = 1; i <= 52; i++) {
        char spec[8];
        snprintf(spec, sizeof spec, "S%d", i);
        OK(t,
           revision_add(t->store, &(struct revision){.applied = NOON, .plan = "{}"}, &rev, &t->e));
        put(t, "queue", "tv", spec, rev);
    }
    /* Versions 1 and 2 ended with revisions 2 and 3. At revision 52 the last 50 are 3 to 52: S2
     * held in none of them. S1's end, 2, is 50 before 52. */
    assert_int_equal(ask(t, "SELECT min(from_rev) FROM resource_versions"), 2);
    assert_int_equal(ask(t, "SELECT count(*) FROM revisions WHERE plan = ''"), 2);
    assert_int_equal(ask(t, "SELECT max(rev) FROM revisions WHERE plan = ''"), 2);
}

static void write_audit(void *ctx, const struct audit *a)
{
    buf_printf(ctx, "%d %s %s %s %s %d;", (int)(a->at - NOON), a->actor, a->action, a->address,
               a->detail, (int)a->rev);
}

static void audit_rows_come_in_order(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    for (int i = 0; i < 3; i++)
        OK(t, audit_add(t->store,
                        &(struct audit){.at = NOON + i,
                                        .actor = "cli:uid=0",
                                        .action = "update",
                                        .address = "queue/tv",
                                        .detail = "batch 10 -> 20",
                                        .rev = i},
                        &t->e));
    OK(t, audit_each(t->store, NOON + 1, write_audit, &b, &t->e));
    assert_string_equal(b.at, "1 cli:uid=0 update queue/tv batch 10 -> 20 1;2 cli:uid=0 update "
                              "queue/tv batch 10 -> 20 2;");
}

static void write_claim(void *ctx, const struct audit *a)
{
    buf_printf(ctx, "%s|%s|%s;", a->action, a->commit, a->claimed_author);
}

/* Who applied it is one thing, who the commit says wrote it is another. */
static void audit_rows_tell_what_the_commit_claims(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    int64_t rev = 0;
    OK(t, revision_add(t->store,
                       &(struct revision){.applied = NOON,
                                          .plan = "{}",
                                          .commit = "4f2c91e",
                                          .author = "Alice <alice@home.example>"},
                       &rev, &t->e));
    const struct audit rows[] = {
        {.at = NOON, .actor = "cli:uid=0", .action = "create", .address = "queue/tv", .rev = rev},
        {.at = NOON, .actor = "cli:uid=0", .action = "pause", .address = "queue/tv"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        OK(t, audit_add(t->store, &rows[i], &t->e));
    OK(t, audit_each(t->store, NOON, write_claim, &b, &t->e));
    assert_string_equal(b.at, "create|4f2c91e|Alice <alice@home.example>;pause||;");
}

static void write_secret(void *ctx, const struct stored_secret *x)
{
    buf_printf(ctx, "%s %d %d;", x->name, (int)(x->created - NOON), (int)(x->changed - NOON));
}

static void assert_not_in_file(struct state *t, const char *path, const char *value)
{
    CLEANUP(buf_done) struct buf bytes = {0};
    OK(t, file_read(path, 64 * 1024 * 1024, &bytes, &t->e));
    assert_true(bytes.n > 4096);
    assert_null(memmem(bytes.at, bytes.n, value, strlen(value)));
}

static void secrets_are_bytes(void **state)
{
    struct state *t = *state;
    CLEANUP(secret_done) struct secret in = {0}, out = {0};
    CLEANUP(buf_done) struct buf b;
    CLEANUP(freep) char *wal = mem_printf("%s-wal", t->db);
    bool is_found = true;
    buf_init(&b, 1000);
    OK(t, secret_get(t->store, "key", &out, &is_found, &t->e));
    assert_false(is_found);
    secret_set(&in, "planted-3f9c\0with-nul", 21);
    OK(t, secret_put(t->store, "key", &in, &t->e));
    virtual_clock_advance(&t->clock, 7);
    OK(t, secret_put(t->store, "key", &in, &t->e));
    OK(t, secret_get(t->store, "key", &out, &is_found, &t->e));
    assert_true(is_found);
    assert_int_equal(out.n, 21);
    assert_memory_equal(out.value, "planted-3f9c\0with-nul", 21);
    OK(t, secrets_each(t->store, write_secret, &b, &t->e));
    assert_string_equal(b.at, "key 0 7;");
    assert_not_in_file(t, wal, "planted-3f9c");
    OK(t, secret_remove(t->store, "key", &is_found, &t->e));
    assert_true(is_found);
    OK(t, secret_remove(t->store, "key", &is_found, &t->e));
    assert_false(is_found);
    t->store = store_close(t->store);
    assert_not_in_file(t, t->db, "planted-3f9c");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_resource_is_kept_as_given),
        TEST(a_new_spec_opens_a_version),
        TEST(a_removed_one_comes_back),
        TEST(removing_what_is_not_there_says_so),
        TEST(retention_ends),
        TEST(a_rename_keeps_versions),
        TEST(revisions_count_up),
        TEST(fifty_revisions_keep_their_versions),
        TEST(audit_rows_come_in_order),
        TEST(audit_rows_tell_what_the_commit_claims),
        TEST(secrets_are_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
