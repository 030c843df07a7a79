/* Older revisions: names of then, contents of then; and what a database of before knew of both, and
 * of searches. */
#include <string.h>

#include "base/buf.h"
#include "store/handle.h"
#include "store/open.h"
#include "store/resources.h"
#include "store/searches.h"
#include "unit/store_state.h"

static void run_sql(struct state *t, const char *text)
{
    char *why = NULL;
    if (sqlite3_exec(t->store->db, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", text, why);
}

static void write_version(void *ctx, const struct stored_resource *r, const char *today)
{
    buf_printf(ctx, "%s/%s=%s today %s; ", r->kind, r->name, r->spec, today);
}

static void assert_versions(struct state *t, int64_t rev, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 4096);
    OK(t, versions_at(t->store, rev, write_version, &b, &t->e));
    assert_string_equal(b.at, expected);
}

static void assert_content(struct state *t, int64_t rev, const char *expected)
{
    CLEANUP(freep) char *text = NULL;
    OK(t, content_at(t->store, "x.txt", rev, &text, &t->e));
    if (expected)
        assert_string_equal(text, expected);
    else
        assert_null(text);
}

static void put_queue(struct state *t, const char *name, const char *spec, int64_t rev)
{
    const struct stored_resource r = {.kind = "queue",
                                      .name = name,
                                      .spec = spec,
                                      .hash = spec, /* whatever differs with it */
                                      .fingerprints = "{}",
                                      .file = "q.yaml"};
    OK(t, resource_put(t->store, &r, rev, &t->e));
}

static void a_rename_leaves_the_past_its_name(void **state)
{
    struct state *t = *state;
    put_queue(t, "old", "{1}", 1);
    OK(t, resource_rename(t->store, "queue", "old", "new", &t->e));
    put_queue(t, "new", "{2}", 2);
    assert_versions(t, 1, "queue/old={1} today new; ");
    assert_versions(t, 2, "queue/new={2} today new; ");
    OK(t, resource_archive(t->store, "queue", "new", 3, NOON + DAYS(30), &t->e));
    assert_versions(t, 2, "queue/new={2} today new; ");
    assert_versions(t, 3, "");
}

static void content_is_kept_by_revision(void **state)
{
    struct state *t = *state;
    OK(t, content_put(t->store, "x.txt", "one", 1, &t->e));
    OK(t, content_put(t->store, "x.txt", "one", 2, &t->e));
    OK(t, content_put(t->store, "x.txt", "two", 3, &t->e));
    OK(t, content_put(t->store, "x.txt", NULL, 5, &t->e));
    assert_content(t, 0, NULL);
    assert_content(t, 1, "one");
    assert_content(t, 2, "one");
    assert_content(t, 4, "two");
    assert_content(t, 5, NULL);
}

/* As the program that knew so many migrations left it. */
static void open_as_of(struct state *t, size_t n_migrations)
{
    const struct store_setup setup = {
        .dir = t->dir, .mode = STORE_CREATE, .clock = &t->clock.clock};
    const struct migrations known = {embedded_migrations, n_migrations};
    enum store_found found;
    OK(t, store_open_as(&setup, &known, &t->store, &found, &t->e));
}

/* A database of 0001 alone: versions had no name, contents stood in meta. */
static void an_older_database_is_taken_over(void **state)
{
    struct state *t = *state;
    open_as_of(t, 1);
    run_sql(t, "INSERT INTO resources (kind, name, spec, hash, fingerprints, file, line, col, "
               "from_rev, first_applied, spec_since) VALUES ('queue', 'q', '{2}', 'h2', '{}', "
               "'q.yaml', 1, 1, 2, 1, 2)");
    run_sql(t, "INSERT INTO resource_versions VALUES (1, 1, 2, '{1}', 'h1'), "
               "(1, 2, NULL, '{2}', 'h2')");
    run_sql(t, "INSERT INTO meta VALUES ('content:x.txt', 'one'), ('pinch', 'salt')");
    state_open(t, STORE_WRITE);
    assert_versions(t, 1, "queue/q={1} today q; ");
    assert_versions(t, 2, "queue/q={2} today q; ");
    assert_content(t, 1, "one");
    CLEANUP(freep) char *old = NULL;
    CLEANUP(freep) char *other = NULL;
    OK(t, store_meta_get(t->store, "content:x.txt", &old, &t->e));
    OK(t, store_meta_get(t->store, "pinch", &other, &t->e));
    assert_null(old);
    assert_string_equal(other, "salt");
}

/* Two of three searches lie within the hour before NOON = 1795435200000, one of them was lost. */
static void put_searches(struct state *t)
{
    run_sql(t, "INSERT INTO instances (id, name) VALUES (1, 'tv')");
    run_sql(t, "INSERT INTO queues (id, name) VALUES (1, 'missing')");
    for (int i = 0; i < 3; i++) {
        static const char *const intended_and_verdict[] = {
            "1795431500000, 'nothing'", "1795431700000, 'nothing'", "1795434000000, 'lost'"};
        CLEANUP(freep)
        char *add = mem_printf(
            "INSERT INTO attempts (queue, instance, strategy, kind, item_id, title_id, identity, "
            "title, season, episode, state, command_id, server_date, server_searched, "
            "server_started, posted, started, ended, judged, grabs, cost, imported, message, "
            "intended, verdict) VALUES (1, 1, 'missing', 'movie', 7, 7, 'tmdb:7', 'Seven', 0, 0, "
            "'judged', 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, '', %s)",
            intended_and_verdict[i]);
        run_sql(t, add);
    }
    run_sql(t, "INSERT INTO memory (instance, identity, searched, last, n_searches, n_nothing, "
               "n_soft, soft_failed, n_grabs, grabbed) VALUES (1, 'tmdb:7', 1795431700000, "
               "'nothing', 2, 2, 0, 0, 0, 0)");
}

static void assert_searches(struct state *t)
{
    struct item_memory m;
    utc_t free_at;
    int64_t used;
    OK(t, cap_free_at(t->store, "tv", HOURS(1), 1, NOON, &free_at, &used, &t->e));
    assert_int_equal(used, 1);
    assert_int_equal(free_at, 1795431700000 + HOURS(1));
    OK(t, memory_of(t->store, "tv", "tmdb:7", &m, &t->e));
    assert_int_equal(m.searched, 1795431700000);
    assert_int_equal(m.n_searches, 2);
    assert_int_equal(m.n_nothing, 2);
}

static void searches_of_an_older_database_count(void **state)
{
    struct state *t = *state;
    for (size_t n = 1; n < embedded_migrations_n; n++) {
        snprintf(t->dir, sizeof t->dir, "%s/of-%04zu", t->root, n);
        open_as_of(t, n);
        put_searches(t);
        state_open(t, STORE_WRITE);
        assert_searches(t);
        t->store = store_close(t->store);
    }
}

static void note_rev(void *ctx, const struct revision *r)
{
    buf_printf(ctx, "%d ", (int)r->rev);
}

static void revisions_come_newest_first(void **state)
{
    struct state *t = *state;
    const struct revision r = {.digest = "d",
                               .actor = "a",
                               .reason = "",
                               .plan = "{}",
                               .commit = "",
                               .branch = "",
                               .author = "",
                               .subject = ""};
    struct revision found = {0};
    int64_t rev;
    for (int i = 0; i < 3; i++)
        OK(t, revision_add(t->store, &r, &rev, &t->e));
    OK(t, revision_find(t->store, 2, &found, &t->e));
    assert_int_equal(found.rev, 2);
    revision_done(&found);
    OK(t, revision_find(t->store, 9, &found, &t->e));
    assert_int_equal(found.rev, 0);
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 100);
    OK(t, revisions_each(t->store, 2, note_rev, &b, &t->e));
    assert_string_equal(b.at, "3 2 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_rename_leaves_the_past_its_name, store_setup_open,
                                        state_teardown),
        cmocka_unit_test_setup_teardown(content_is_kept_by_revision, store_setup_open,
                                        state_teardown),
        cmocka_unit_test_setup_teardown(an_older_database_is_taken_over, state_setup,
                                        state_teardown),
        cmocka_unit_test_setup_teardown(searches_of_an_older_database_count, state_setup,
                                        state_teardown),
        cmocka_unit_test_setup_teardown(revisions_come_newest_first, store_setup_open,
                                        state_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
