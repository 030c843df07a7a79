/* Runs and attempts as rows, and what counts for caps: arithmetic by hand from the engine page,
 * section 3. */
#include "unit/store_attempts.h"

/* ---- caps ---- */

static void assert_cap(struct state *t, ms_t window, int64_t cap, utc_t now, int64_t used,
                       utc_t free_at)
{
    int64_t got_used = -1;
    utc_t got = -1;
    OK(t, cap_free_at(t->store, "tv", window, cap, now, &got, &got_used, &t->e));
    assert_int_equal(got_used, used);
    if (free_at <= now)
        assert_true(got <= now);
    else
        assert_int_equal(got - NOON, free_at - NOON);
}

/* Intents at 12:00, 12:10, 12:20, 12:30 and 12:40, each counting for exactly an hour. */
static void caps_roll_by_the_millisecond(void **state)
{
    struct state *t = *state;
    for (int i = 0; i < 5; i++)
        intend(t, "tv", NOON + MINUTES(10 * i));
    intend(t, "film", NOON + MINUTES(5)); /* another instance's are its own */
    utc_t now = NOON + MINUTES(50);
    assert_cap(t, HOURS(1), 6, now, 5, now);
    assert_cap(t, HOURS(1), 5, now, 5, NOON + HOURS(1));               /* the 12:00 must leave */
    assert_cap(t, HOURS(1), 4, now, 5, NOON + HOURS(1) + MINUTES(10)); /* and the 12:10 */
    assert_cap(t, HOURS(1), 1, now, 5, NOON + HOURS(1) + MINUTES(40)); /* all of them */
    assert_cap(t, HOURS(1), 5, NOON + HOURS(1) - 1, 5, NOON + HOURS(1));
    assert_cap(t, HOURS(1), 5, NOON + HOURS(1), 4, 0); /* at that instant it has left */
    assert_cap(t, DAYS(1), 5, now, 5, NOON + DAYS(1));
    assert_cap(t, DAYS(1), 5, NOON + DAYS(1) - 1, 5, NOON + DAYS(1));
    assert_cap(t, DAYS(1), 5, NOON + DAYS(1), 4, 0);
    /* A clock that was put back: the later two were made all the same. Those more than a day ahead
     * were made by a clock that was wrong altogether. */
    assert_cap(t, HOURS(1), 5, NOON + MINUTES(20), 5, NOON + HOURS(1));
    assert_cap(t, HOURS(1), 1, NOON - HOURS(3), 5, NOON + MINUTES(40) + HOURS(1));
    assert_cap(t, HOURS(1), 5, NOON + MINUTES(10) - DAYS(1), 2, 0);
}

static void intend_for(struct state *t, const char *queue, const char *instance, utc_t when)
{
    struct attempt a = attempt_at(when);
    a.queue = queue;
    a.instance = instance;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
}

/* All queues of one tenant on all instances; not those whose names only look like his. */
static void a_tenants_searches_count_together(void **state)
{
    struct state *t = *state;
    utc_t now = NOON + HOURS(2), free_at = -1;
    int64_t used = -1;
    intend_for(t, "alice/a", "tv", NOON);
    intend_for(t, "alice/b", "film", NOON + HOURS(1));
    intend_for(t, "alice/b", "tv", NOON - DAYS(1));
    intend_for(t, "alice", "tv", NOON);
    intend_for(t, "alice-2/a", "tv", NOON);
    intend_for(t, "alice0/a", "tv", NOON);
    intend_for(t, "bob/a", "tv", NOON);
    OK(t, tenant_cap_free_at(t->store, "alice", DAYS(1), 3, now, &free_at, &used, &t->e));
    assert_int_equal(used, 2);
    assert_int_equal(free_at, now);
    OK(t, tenant_cap_free_at(t->store, "alice", DAYS(1), 2, now, &free_at, &used, &t->e));
    assert_int_equal(free_at, NOON + DAYS(1));
    OK(t, tenant_cap_free_at(t->store, "alice", DAYS(1), 1, now, &free_at, &used, &t->e));
    assert_int_equal(free_at, NOON + HOURS(1) + DAYS(1));
    OK(t, tenant_cap_free_at(t->store, "carol", DAYS(1), 1, now, &free_at, &used, &t->e));
    assert_int_equal(used, 0);
}

static void every_attempt_counts_but_a_lost_one(void **state)
{
    struct state *t = *state;
    utc_t now = NOON + MINUTES(30);
    for (enum verdict v = VERDICT_GRABBED; v < VERDICT_N; v++)
        judged_at(t, NOON + SECONDS((int)v), v);
    intend(t, "tv", NOON);
    /* 8 verdicts, one of them lost, and an open one. */
    assert_cap(t, HOURS(1), 100, now, 8, 0);
}

static void the_last_search_is_known(void **state)
{
    struct state *t = *state;
    utc_t last = 9;
    OK(t, last_search(t->store, "tv", &last, &t->e));
    assert_int_equal(last, 0);
    intend(t, "tv", NOON + 7);
    intend(t, "tv", NOON + 3);
    intend(t, "film", NOON + 9);
    OK(t, last_search(t->store, "tv", &last, &t->e));
    assert_int_equal(last, NOON + 7);
}

static void a_search_elsewhere_is_seen(void **state)
{
    struct state *t = *state;
    bool is_elsewhere = true;
    struct attempt a = attempt_at(NOON);
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    OK(t, is_searching_elsewhere(t->store, "tv", a.identity, &is_elsewhere, &t->e));
    assert_false(is_elsewhere); /* its own */
    OK(t, is_searching_elsewhere(t->store, "film", "tvdb:1001/1/2", &is_elsewhere, &t->e));
    assert_false(is_elsewhere); /* another episode */
    OK(t, is_searching_elsewhere(t->store, "film", a.identity, &is_elsewhere, &t->e));
    assert_true(is_elsewhere);
    a.verdict = VERDICT_NOTHING;
    OK(t, attempt_judge(t->store, &a, &(bool){false}, &t->e));
    OK(t, is_searching_elsewhere(t->store, "film", a.identity, &is_elsewhere, &t->e));
    assert_false(is_elsewhere);
    a.identity = "id:10"; /* a server's own number says nothing about another server */
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    OK(t, is_searching_elsewhere(t->store, "film", "id:10", &is_elsewhere, &t->e));
    assert_false(is_elsewhere);
}

/* ---- rows ---- */

static void keep_attempt(void *ctx, const struct attempt *a)
{
    struct attempt *kept = ctx;
    assert_string_equal(a->queue, "q");
    assert_string_equal(a->instance, "tv");
    assert_string_equal(a->strategy, "missing");
    assert_string_equal(a->identity, "tvdb:1001/1/1");
    assert_string_equal(a->title, "Show S01E01");
    assert_string_equal(a->message, "said so");
    *kept = *a;
}

static void each_state_is_kept(void **state)
{
    struct state *t = *state;
    struct attempt a = attempt_at(NOON), got = {0};
    const struct run r = {.queue = "q",
                          .instance = "tv",
                          .strategy = "missing",
                          .started = NOON,
                          .status = "running"};
    OK(t, run_add(t->store, &r, &a.run, &t->e));
    a.server_date = 1;
    a.server_searched = 2;
    a.server_started = 3;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    a.state = ATTEMPT_STARTED;
    a.command_id = 77;
    a.posted = 4;
    a.started = 5;
    a.ended = 6;
    a.message = "said so";
    a.server_date = 8; /* its clock was put back */
    OK(t, attempt_update(t->store, &a, &t->e));
    OK(t, attempts_open(t->store, "tv", keep_attempt, &got, &t->e));
    assert_int_equal(got.state, ATTEMPT_STARTED);
    assert_int_equal(got.verdict, VERDICT_NONE);
    assert_int_equal(got.run, a.run);
    assert_int_equal(got.item_id * 100 + got.title_id, 1001);
    assert_int_equal(got.season * 10 + got.episode, 11);
    assert_int_equal(got.command_id, 77);
    assert_int_equal(got.intended, NOON);
    assert_int_equal(got.server_date + 10 * got.server_searched + 100 * got.server_started, 328);
    assert_int_equal(got.posted + 10 * got.started + 100 * got.ended, 654);
    assert_int_equal(got.cost, 1);
    a.verdict = VERDICT_GRABBED;
    a.judged = NOON + 9;
    a.grabs = 2;
    OK(t, attempt_judge(t->store, &a, &(bool){false}, &t->e));
    got = (struct attempt){0};
    OK(t, attempts_open(t->store, "tv", keep_attempt, &got, &t->e));
    assert_int_equal(got.id, 0);
    OK(t,
       attempts_each(t->store, &(struct attempt_filter){.run = a.run}, keep_attempt, &got, &t->e));
    assert_int_equal(got.state, ATTEMPT_JUDGED);
    assert_int_equal(got.verdict, VERDICT_GRABBED);
    assert_int_equal(got.judged, NOON + 9);
    assert_int_equal(got.grabs, 2);
}

static void filters_narrow(void **state)
{
    struct state *t = *state;
    judged_at(t, NOON, VERDICT_NOTHING);      /* 1 */
    judged_at(t, NOON + 10, VERDICT_GRABBED); /* 2 */
    intend(t, "film", NOON + 20);             /* 3 */
    struct attempt a = attempt_at(NOON + 30); /* 4 */
    a.queue = "other";
    a.identity = "tvdb:2/2/2";
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    assert_found(t, &(struct attempt_filter){0}, "4 3 2 1 ");
    assert_found(t, &(struct attempt_filter){.limit = 2}, "4 3 ");
    assert_found(t, &(struct attempt_filter){.since = NOON + 10}, "4 3 2 ");
    assert_found(t, &(struct attempt_filter){.instance = "tv"}, "4 2 1 ");
    assert_found(t, &(struct attempt_filter){.instance = "film"}, "3 ");
    assert_found(t, &(struct attempt_filter){.queue = "q"}, "3 2 1 ");
    assert_found(t, &(struct attempt_filter){.queue = "q", .instance = "tv"}, "2 1 ");
    assert_found(t, &(struct attempt_filter){.identity = "tvdb:2/2/2"}, "4 ");
    assert_found(
        t,
        &(struct attempt_filter){.identity = "tvdb:1001/1/1", .instance = "tv", .since = NOON + 1},
        "2 ");
    assert_found(t, &(struct attempt_filter){.verdict = VERDICT_NOTHING}, "1 ");
    assert_found(
        t,
        &(struct attempt_filter){.verdict = VERDICT_NOTHING, .instance = "tv", .since = NOON + 1},
        "");
    assert_found(t, &(struct attempt_filter){.queue = "nobody"}, "");
}

static void write_run(void *ctx, const struct run *r)
{
    buf_printf(ctx, "%d %s@%s %s %llx %s %d %d%d%d%d %s %s %s %s;", (int)r->id, r->queue,
               r->instance, r->strategy, (unsigned long long)r->seed, r->status,
               (int)(r->ended ? r->ended - r->started : -1), r->considered, r->selected,
               r->searched, r->grabbed, r->gate, r->reasons, r->near_misses, r->error);
}

static void assert_runs(struct state *t, const char *queue, const char *instance, size_t limit,
                        const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 4000);
    OK(t, runs_each(t->store, queue, instance, limit, write_run, &b, &t->e));
    assert_string_equal(b.at, expected);
}

static void runs_are_kept_and_interrupted(void **state)
{
    struct state *t = *state;
    struct run r = {.queue = "q",
                    .instance = "tv",
                    .strategy = "missing",
                    .seed = UINT64_MAX,
                    .started = NOON,
                    .status = "running",
                    .gate = "",
                    .reasons = "{}",
                    .near_misses = "[]",
                    .error = "-"};
    OK(t, run_add(t->store, &r, &r.id, &t->e));
    r.instance = "film";
    OK(t, run_add(t->store, &r, &r.id, &t->e));
    r.queue = "other";
    OK(t, run_add(t->store, &r, &r.id, &t->e));
    r.ended = NOON + 5;
    r.status = "completed";
    r.gate = "cap_hour";
    r.considered = 4;
    r.selected = 3;
    r.searched = 2;
    r.grabbed = 1;
    r.reasons = "{\"in_grace\":2}";
    OK(t, run_update(t->store, &r, &t->e));
    OK(t, runs_interrupt(t->store, NOON + 7, &t->e));
    const char *one = "1 q@tv missing ffffffffffffffff interrupted 7 0000  {} [] -;";
    const char *two = "2 q@film missing ffffffffffffffff interrupted 7 0000  {} [] -;";
    const char *three =
        "3 other@film missing ffffffffffffffff completed 5 4321 cap_hour {\"in_grace\":2} [] -;";
    CLEANUP(freep) char *queue_q = mem_printf("%s%s", two, one);
    CLEANUP(freep) char *film = mem_printf("%s%s", three, two);
    CLEANUP(freep) char *all = mem_printf("%s%s%s", three, two, one);
    assert_runs(t, NULL, NULL, 9, all);
    assert_runs(t, NULL, NULL, 1, three);
    assert_runs(t, "q", NULL, 9, queue_q);
    assert_runs(t, NULL, "film", 9, film);
    assert_runs(t, "q", "tv", 9, one);
    assert_runs(t, "nobody", NULL, 9, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(caps_roll_by_the_millisecond),
        TEST(a_tenants_searches_count_together),
        TEST(every_attempt_counts_but_a_lost_one),
        TEST(the_last_search_is_known),
        TEST(a_search_elsewhere_is_seen),
        TEST(each_state_is_kept),
        TEST(filters_narrow),
        TEST(runs_are_kept_and_interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
