/* /metrics: every metric of the cli page, section 10, from known rows; strictly well formed. */
#include "unit/web_client.h"

#include "store/conditions.h"
#include "store/names.h"
#include "store/resources.h"
#include "unit/metrics_parser.h"
#include "unit/store_attempts.h"

#define GET_METRICS "GET /metrics HTTP/1.1\r\nHost: localhost\r\n"

/* The parser itself: what it must refuse. */
static void the_parser_is_strict(void **state UNUSED)
{
    static const char good[] = "# HELP a_total Text.\n# TYPE a_total counter\na_total{x=\"1\"} 1\n"
                               "a_total{x=\"\\\\\\\"\\n\",y=\"\"} 2.5e+10\n";
    static const char *const bad[] = {
        "",
        "a 1\n",
        "# HELP a b\na 1\n",
        "# HELP a b\n# TYPE a gauge\na 1",
        "# HELP a b\n# TYPE a gauge\n",
        "# HELP a b\n# TYPE a gauge\na 1\n\n",
        "# HELP a b\n# TYPE a gauge\na  1\n",
        "# HELP a b\n# TYPE a gauge\na x\n",
        "# HELP a b\n# TYPE a gauge\na 1 2\n",
        "# HELP a b\n# TYPE a gauge\nb 1\n",
        "# HELP a b\n# TYPE a gauge\na 1\na 1\n",
        "# HELP a b\n# TYPE a gauge\na{} 1\n",
        "# HELP a b\n# TYPE a gauge\na{x=\"1\"\n",
        "# HELP a b\n# TYPE a gauge\na{x=\"\\x\"} 1\n",
        "# HELP a b\n# TYPE a gauge\na{x=1} 1\n",
        "# HELP a b\n# TYPE a gauge\na{x:y=\"1\"} 1\n",
        "# HELP a b\n# TYPE a counter\na 1\n",
        "# HELP a_total b\n# TYPE a_total gauge\na_total 1\n",
        "# HELP a_total b\n# TYPE a_total counter\na_total -1\n",
        "# HELP a b\n# TYPE a gauge\na 1\n# HELP b b\n# TYPE b gauge\nb 1\n# HELP a b\n",
        "# HELP 1a b\n# TYPE 1a gauge\n1a 1\n",
    };
    struct metrics_parser p;
    if (!metrics_parse(&p, good))
        fail_msg("%s", p.wrong);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (metrics_parse(&p, bad[i]))
            fail_msg("accepted: %s", bad[i]);
}

static void check_metrics(const struct scene *s, struct buf *b)
{
    struct metrics_parser p;
    assert_int_equal(ask(s, GET_METRICS "\r\n", b), 200);
    assert_non_null(
        strstr(b->at, "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    if (!metrics_parse(&p, body_in(b)))
        fail_msg("%s", p.wrong);
}

static void assert_line(const struct buf *b, const char *line)
{
    CLEANUP(freep) char *whole = mem_printf("\n%s\n", line);
    if (!strstr(b->at, whole))
        fail_msg("no line '%s' in\n%s", line, body_in(b));
}

/* ---- known rows ---- */

static void put_condition(struct state *t, const char *address, const char *type,
                          const char *status)
{
    const struct stored_condition c = {.address = address, .type = type, .status = status};
    OK(t, condition_put(t->store, &c, &t->e));
}

static void put_revisions(struct state *t, int n)
{
    const struct revision r = {.applied = NOON,
                               .digest = "sha256:0",
                               .actor = "cli",
                               .reason = "",
                               .plan = "{}",
                               .commit = "",
                               .branch = "",
                               .author = "",
                               .subject = ""};
    int64_t rev;
    for (int i = 0; i < n; i++)
        OK(t, revision_add(t->store, &r, &rev, &t->e));
}

static struct item item_of(int64_t id, bool has_file, bool is_cutoff_unmet, bool is_monitored)
{
    return (struct item){.kind = ITEM_EPISODE,
                         .id = id,
                         .title_id = 1,
                         .season = 1,
                         .episode = (int)id,
                         .episode_title = "",
                         .is_monitored = is_monitored,
                         .has_file = has_file,
                         .is_cutoff_unmet = is_cutoff_unmet,
                         .aired = NOON - DAYS(30)};
}

/* 6 items: 2 missing, 1 below cutoff, 2 complete, 1 unmonitored without a file. */
static void put_library(struct state *t)
{
    const struct item items[] = {
        item_of(1, false, false, true), item_of(2, false, false, true),
        item_of(3, true, true, true),   item_of(4, true, false, true),
        item_of(5, true, false, true),  item_of(6, false, false, false),
    };
    const struct title x = {.id = 1,
                            .tvdb_id = 1001,
                            .imdb_id = "",
                            .title = "Show",
                            .sort_title = "show",
                            .fingerprint = ""};
    struct library_counts counts;
    int64_t g;
    OK(t, instance_ensure(t->store, "tv", &t->e));
    OK(t, library_begin(t->store, "tv", &g, &t->e));
    OK(t, see_title(t->store, "tv", g, &x, &t->e));
    for (size_t i = 0; i < COUNT(items); i++)
        OK(t, item_put(t->store, "tv", g, &items[i], &t->e));
    OK(t, library_end(t->store, "tv", g, NOON, &counts, &t->e));
}

static void from_the_database(void **state)
{
    static const char *const lines[] = {
        "splintarr_build_info{version=\"9.9-test\"} 1",
        "splintarr_config_revision 3",
        "splintarr_resources{kind=\"instance\",condition=\"Healthy\",status=\"False\"} 1",
        "splintarr_resources{kind=\"instance\",condition=\"Healthy\",status=\"True\"} 1",
        "splintarr_resources{kind=\"queue\",condition=\"Ready\",status=\"True\"} 2",
        "splintarr_instance_up{instance=\"movies\"} 0",
        "splintarr_instance_up{instance=\"tv\"} 1",
        "splintarr_searches_total{instance=\"tv\",queue=\"q\",strategy=\"missing\",outcome="
        "\"grabbed\"} 1",
        "splintarr_searches_total{instance=\"tv\",queue=\"q\",strategy=\"missing\",outcome="
        "\"nothing\"} 2",
        "splintarr_searches_total{instance=\"tv\",queue=\"q\",strategy=\"missing\",outcome="
        "\"failed\"} 0",
        "splintarr_grabs_total{instance=\"tv\",queue=\"q\",strategy=\"missing\"} 1",
        "splintarr_imports_total{instance=\"tv\",queue=\"q\",strategy=\"missing\"} 0",
        "splintarr_indexer_queries_total{instance=\"tv\"} 3",
        "splintarr_items{instance=\"tv\",state=\"missing\"} 2",
        "splintarr_items{instance=\"tv\",state=\"cutoff_unmet\"} 1",
        "splintarr_items{instance=\"tv\",state=\"complete\"} 2",
        "splintarr_items{instance=\"tv\",state=\"other\"} 1",
    };
    struct scene *s = *state;
    struct state *t = s->state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    state_open(t, STORE_CREATE);
    put_revisions(t, 3);
    put_condition(t, "instance/tv", "Healthy", "True");
    put_condition(t, "instance/movies", "Healthy", "False");
    put_condition(t, "instance/new", "Healthy", "Unknown");
    put_condition(t, "queue/a", "Ready", "True");
    put_condition(t, "queue/b", "Ready", "True");
    put_library(t);
    judged_at(t, NOON, VERDICT_GRABBED);
    judged_at(t, NOON + DAYS(1), VERDICT_NOTHING);
    judged_at(t, NOON + DAYS(2), VERDICT_NOTHING);
    scene_start(s);
    check_metrics(s, &b);
    for (size_t i = 0; i < COUNT(lines); i++)
        assert_line(&b, lines[i]);
    assert_null(strstr(b.at, "instance=\"new\""));
}

static void published(void **state)
{
    static const struct web_sample samples[] = {
        {METRIC_RECONCILE, {NULL}, 0.25},
        {METRIC_NEXT_RUN, {"tv-missing", "tv"}, 1795435200},
        {METRIC_APPLY_OK, {NULL}, 1},
        {METRIC_NEXT_RUN, {"a \"b\\\n", "tv"}, 1795435260.5},
        {METRIC_REQUESTS, {"tv", "200"}, 123456789012.0},
    };
    static const char *const lines[] = {
        "splintarr_config_last_apply_successful 1",
        "splintarr_next_run_timestamp_seconds{queue=\"tv-missing\",instance=\"tv\"} 1795435200",
        "splintarr_next_run_timestamp_seconds{queue=\"a \\\"b\\\\\\n\",instance=\"tv\"} "
        "1795435260.5",
        "splintarr_reconcile_duration_seconds 0.25",
        "splintarr_requests_total{instance=\"tv\",code=\"200\"} 123456789012",
        "# TYPE splintarr_requests_total counter",
    };
    struct scene *s = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    state_open(s->state, STORE_CREATE);
    scene_start(s);
    const struct web_status status = {.samples = samples, .n_samples = COUNT(samples)};
    assert_true(web_publish(s->web, &status));
    /* The message and the request reach the thread in either order: ask until it has come. */
    for (int i = 0; i < 100 && !strstr(b.at, "next_run"); i++)
        check_metrics(s, &b);
    for (size_t i = 0; i < COUNT(lines); i++)
        assert_line(&b, lines[i]);
}

static void too_much_is_refused(void **state)
{
    struct scene *s = *state;
    CLEANUP(freep) struct web_sample *many = mem_zeroed(20001 * sizeof *many);
    CLEANUP(freep) char *long_label = mem_zeroed(2200000);
    memset(long_label, 'x', 2199999);
    scene_start(s);
    const struct web_sample one = {METRIC_UP, {long_label}, 1};
    assert_false(web_publish(s->web, &(struct web_status){.samples = many, .n_samples = 20001}));
    assert_false(web_publish(s->web, &(struct web_status){.samples = &one, .n_samples = 1}));
    assert_true(web_publish(s->web, &(struct web_status){.samples = many, .n_samples = 10}));
}

static double value_of(const struct buf *b, const char *metric)
{
    CLEANUP(freep) char *begin = mem_printf("\n%s ", metric);
    const char *at = strstr(b->at, begin);
    if (!at)
        fail_msg("no %s", metric);
    return strtod(at + strlen(begin), NULL);
}

/* Against what this test knows of its own process. */
static void of_the_process(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    state_open(s->state, STORE_CREATE);
    scene_start(s);
    check_metrics(s, &b);
    double now = (double)clock_utc(&clock_system) / 1000;
    double start = value_of(&b, "process_start_time_seconds");
    assert_true(start > now - 600 && start <= now + 1);
    assert_true(value_of(&b, "process_resident_memory_bytes") > 1e6);
    assert_true(value_of(&b, "process_virtual_memory_bytes") >
                value_of(&b, "process_resident_memory_bytes"));
    assert_in_range((int)value_of(&b, "process_open_fds"), 8, 40);
    assert_int_equal((long)value_of(&b, "process_max_fds"), sysconf(_SC_OPEN_MAX));
    assert_true(value_of(&b, "process_cpu_seconds_total") < 600);
    assert_true(value_of(&b, "splintarr_db_bytes") > 4096);
}

/* An alert on a damaged database needs the other metrics. */
static void without_a_database(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    scene_start(s);
    check_metrics(s, &b);
    assert_line(&b, "splintarr_build_info{version=\"9.9-test\"} 1");
    assert_null(strstr(b.at, "splintarr_config_revision"));
    state_open(s->state, STORE_CREATE);
    check_metrics(s, &b);
    assert_line(&b, "splintarr_config_revision 0");
}

static void library_is_counted_again_after_a_sync(void **state)
{
    struct scene *s = *state;
    struct state *t = s->state;
    CLEANUP(buf_done) struct buf b;
    struct library_counts counts;
    int64_t g;
    buf_init(&b, 1 << 20);
    state_open(t, STORE_CREATE);
    put_library(t);
    scene_start(s);
    check_metrics(s, &b);
    assert_line(&b, "splintarr_items{instance=\"tv\",state=\"missing\"} 2");
    OK(t, library_begin(t->store, "tv", &g, &t->e));
    OK(t, library_end(t->store, "tv", g, NOON + 1, &counts, &t->e)); /* all are gone */
    check_metrics(s, &b);
    assert_line(&b, "splintarr_items{instance=\"tv\",state=\"missing\"} 0");
}

/* ---- a reader who never reads ---- */

enum { ANSWERS = 12, LINES = 15000 };

static void publish_much(struct scene *s)
{
    static const char label[] = "an-instance-with-a-long-name";
    CLEANUP(freep) struct web_sample *many = mem_zeroed(LINES * sizeof *many);
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1 << 22);
    for (size_t i = 0; i < LINES; i++)
        many[i] = (struct web_sample){METRIC_UP, {label}, (double)i};
    assert_true(web_publish(s->web, &(struct web_status){.samples = many, .n_samples = LINES}));
    for (int i = 0; i < 100 && b.n < LINES * strlen(label); i++)
        ask(s, GET_METRICS "\r\n", &b);
    assert_true(b.n > LINES * strlen(label));
}

static size_t hear_all(int fd)
{
    static char piece[1 << 16];
    size_t total = 0;
    for (ssize_t n; (n = recv(fd, piece, sizeof piece, 0)) > 0;)
        total += (size_t)n;
    return total;
}

static size_t fetch_all(const struct scene *s, ms_t wait)
{
    CLEANUP(closep) int fd = dial(s);
    for (int i = 0; i < ANSWERS; i++)
        assert_true(say(fd, i < ANSWERS - 1 ? GET_METRICS "\r\n"
                                            : GET_METRICS "Connection: close\r\n\r\n"));
    usleep((useconds_t)wait * 1000);
    return hear_all(fd);
}

/* What is not fetched by the deadline is not kept: twelve answers of a megabyte are more than the
 * kernel's buffers take. Who reads gets them all, and shows how long making them takes here. */
static void unfetched_answers_end(void **state)
{
    struct scene *s = *state;
    s->setup.answer_deadline = 1000;
    scene_start(s);
    publish_much(s);
    ms_t begun = clock_mono(&clock_system);
    size_t all = fetch_all(s, 0);
    ms_t took = clock_mono(&clock_system) - begun;
    assert_true(all > (size_t)ANSWERS * LINES * strlen("an-instance-with-a-long-name"));
    assert_true(fetch_all(s, 2 * took + 1500) < all);
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parser_is_strict),
        TEST(from_the_database),
        TEST(published),
        TEST(too_much_is_refused),
        TEST(unfetched_answers_end),
        TEST(of_the_process),
        TEST(without_a_database),
        TEST(library_is_counted_again_after_a_sync),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
