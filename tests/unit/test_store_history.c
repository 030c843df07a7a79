/* What is forgotten and what never (engine page, section 4: history retention prunes detail; never
 * per-item search state, roll-ups, caps or the latest attempt of an item). Days are counted by hand
 * from NOON. */
#include "store/handle.h"
#include "store/history.h"
#include "unit/store_attempts.h"

static int64_t search(struct state *t, const char *identity, int days_ago, enum verdict verdict)
{
    bool is_done = false;
    struct attempt a = attempt_at(NOON - DAYS(days_ago));
    a.identity = identity;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    if (verdict == VERDICT_NONE)
        return a.id;
    a.judged = a.intended + MINUTES(1);
    a.verdict = verdict;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    return a.id;
}

/* Slices of n rows until all is done; how many rows went. */
static size_t prune(struct state *t, utc_t history_before, utc_t items_before, size_t n)
{
    struct pruning p = {.history_before = history_before, .items_before = items_before};
    for (int i = 0; !p.is_over; i++) {
        assert_true(i < 100);
        OK(t, store_prune_history(t->store, &p, n, &t->e));
    }
    return p.n;
}

static void write_rows(struct state *t, const char *sql, struct buf *ret)
{
    sqlite3_stmt *raw = NULL;
    if (sqlite3_prepare_v2(t->store->db, sql, -1, &raw, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(t->store->db));
    while (sqlite3_step(raw) == SQLITE_ROW)
        buf_printf(ret, "%s;", (const char *)sqlite3_column_text(raw, 0));
    sqlite3_finalize(raw);
}

/* The first column of every row, by a question no caller may ask. */
static void assert_rows(struct state *t, const char *sql, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 4000);
    write_rows(t, sql, &b);
    assert_string_equal(b.at, expected);
}

static void fill(struct state *t)
{
    search(t, "tvdb:1/1/1", 500, VERDICT_NOTHING); /* 1 */
    search(t, "tvdb:1/1/1", 450, VERDICT_NOTHING); /* 2 */
    search(t, "tvdb:2/1/1", 600, VERDICT_NOTHING); /* 3: the only one of its item */
    search(t, "tvdb:3/1/1", 700, VERDICT_NONE);    /* 4: unfinished */
    search(t, "tvdb:3/1/1", 10, VERDICT_NOTHING);  /* 5 */
    search(t, "tvdb:1/1/1", 10, VERDICT_NOTHING);  /* 6 */
    search(t, "tvdb:4/1/1", 420, VERDICT_LOST);    /* 7 */
    search(t, "tvdb:4/1/1", 420, VERDICT_NOTHING); /* 8: of the same instant, but newer */
}

static const char attempts[] = "SELECT id FROM attempts ORDER BY id";
static const char memory[] =
    "SELECT identity || ' ' || n_searches || ' ' || n_nothing || ' ' || searched FROM memory "
    "ORDER BY identity";
static const char sums[] = "SELECT day || ' ' || n_searches || ' ' || n_failed FROM rollups "
                           "ORDER BY day";

static void old_detail_goes_and_what_it_taught_stays(void **state)
{
    static const size_t slices[] = {1, 2, 3, 100};
    struct state *t = *state;
    for (size_t i = 0; i < COUNT(slices); i++) {
        CLEANUP(buf_done) struct buf memory_before, sums_before;
        buf_init(&memory_before, 4000);
        buf_init(&sums_before, 4000);
        fill(t);
        write_rows(t, memory, &memory_before);
        write_rows(t, sums, &sums_before);
        assert_int_equal(prune(t, NOON - DAYS(400), NOON, slices[i]), 3);
        assert_rows(t, attempts, "3;4;5;6;8;");
        assert_rows(t, memory, memory_before.at);
        assert_rows(t, sums, sums_before.at);
        assert_int_equal(prune(t, NOON - DAYS(400), NOON, slices[i]), 0);
        sqlite3_exec(t->store->db, "DELETE FROM attempts; DELETE FROM memory; DELETE FROM rollups",
                     NULL, NULL, NULL);
    }
}

/* A cap of a day, a loop guard of a week: whoever asks for more does not get it. */
static void caps_are_never_touched(void **state)
{
    struct state *t = *state;
    utc_t free_at;
    int64_t used;
    search(t, "tvdb:1/1/1", 9, VERDICT_NOTHING);
    search(t, "tvdb:1/1/1", 7, VERDICT_NOTHING);
    search(t, "tvdb:1/1/1", 0, VERDICT_NOTHING);
    search(t, "tvdb:1/1/1", 0, VERDICT_NOTHING);
    assert_int_equal(prune(t, NOON + DAYS(1), 0, 100), 1);
    OK(t, cap_free_at(t->store, "tv", HOURS(24), 100, NOON, &free_at, &used, &t->e));
    assert_int_equal(used, 2);
}

static int64_t add_run(struct state *t, const char *queue, const char *instance, int days_ago,
                       bool is_over)
{
    struct run r = {.queue = queue,
                    .instance = instance,
                    .strategy = "missing",
                    .started = NOON - DAYS(days_ago),
                    .ended = is_over ? NOON - DAYS(days_ago) + 5 : 0,
                    .status = "completed",
                    .gate = "",
                    .reasons = "{}",
                    .near_misses = "[]",
                    .error = ""};
    OK(t, run_add(t->store, &r, &r.id, &t->e));
    return r.id;
}

static void the_newest_run_of_each_stays(void **state)
{
    struct state *t = *state;
    struct attempt a = attempt_at(NOON - DAYS(500));
    a.run = add_run(t, "q", "tv", 500, true); /* 1 */
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    add_run(t, "q", "film", 600, true);   /* 2: the newest there */
    add_run(t, "q", "tv", 490, false);    /* 3: unfinished */
    add_run(t, "q", "tv", 480, true);     /* 4 */
    add_run(t, "other", "tv", 470, true); /* 5: the newest of the other queue */
    add_run(t, "q", "tv", 3, true);       /* 6 */
    assert_int_equal(prune(t, NOON - DAYS(400), 0, 2), 2);
    assert_rows(t, "SELECT id FROM runs ORDER BY id", "2;3;5;6;");
    assert_rows(t, "SELECT ifnull(run, 'none') FROM attempts", "none;");
}

/* ---- the library ---- */

/* One sync at `at` of the titles 1 … n, an episode each. */
static void sync_titles(struct state *t, int n, utc_t at)
{
    struct library_counts counts;
    int64_t g = 0;
    OK(t, library_begin(t->store, "tv", &g, &t->e));
    for (int i = 1; i <= n; i++) {
        const struct title x = {.id = i,
                                .tvdb_id = 1000 + i,
                                .imdb_id = "",
                                .title = "Show",
                                .sort_title = "show",
                                .tags = "",
                                .genres = ""};
        const struct item it = {.kind = ITEM_EPISODE,
                                .id = 10 * i,
                                .title_id = i,
                                .tvdb_id = 1000 + i,
                                .season = 1,
                                .episode = 1,
                                .title = "Show",
                                .episode_title = ""};
        OK(t, see_title(t->store, "tv", g, &x, &t->e));
        OK(t, item_put(t->store, "tv", g, &it, &t->e));
        OK(t, title_fetched(t->store, "tv", g, i, at, &t->e));
    }
    OK(t, library_end(t->store, "tv", g, at, &counts, &t->e));
}

static void what_is_gone_for_long_is_forgotten(void **state)
{
    struct state *t = *state;
    search(t, "tvdb:1003/1/1", 90, VERDICT_NOTHING);
    sync_titles(t, 4, NOON - DAYS(100));
    sync_titles(t, 3, NOON - DAYS(60)); /* the fourth is gone for 60 days */
    sync_titles(t, 2, NOON - DAYS(20)); /* the third for 20 */
    assert_int_equal(prune(t, 0, NOON - DAYS(30), 1), 2);
    assert_rows(t, "SELECT server_id FROM items ORDER BY 1", "10;20;30;");
    assert_rows(t, "SELECT server_id FROM titles ORDER BY 1", "1;2;3;");
    sync_titles(t, 3, NOON - DAYS(5)); /* the third came back */
    assert_int_equal(prune(t, 0, NOON, 1), 0);
    sync_titles(t, 2, NOON - DAYS(4));
    assert_int_equal(prune(t, 0, NOON - DAYS(3), 1), 2);
    assert_rows(t, "SELECT server_id FROM items ORDER BY 1", "10;20;");
    assert_rows(t, "SELECT identity FROM memory", "tvdb:1003/1/1;"); /* should it come again */
}

static void assert_due(struct state *t, bool expected)
{
    bool is_due = !expected;
    OK(t, store_prune_is_due(t->store, &is_due, &t->e));
    assert_int_equal(is_due, expected);
}

static void once_a_day(void **state)
{
    struct state *t = *state;
    struct pruning p = {0};
    assert_due(t, true);
    OK(t, store_prune_history(t->store, &p, 1, &t->e)); /* not all of it */
    assert_false(p.is_over);
    assert_due(t, true);
    prune(t, 0, 0, 1);
    assert_due(t, false);
    virtual_clock_advance(&t->clock, DAYS(1) - 1);
    assert_due(t, false);
    virtual_clock_advance(&t->clock, 1);
    assert_due(t, true);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(old_detail_goes_and_what_it_taught_stays),
        CASE(caps_are_never_touched),
        CASE(the_newest_run_of_each_stays),
        CASE(what_is_gone_for_long_is_forgotten),
        CASE(once_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
