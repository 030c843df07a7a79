/* Searching, health, trouble and manners against the simulated servers. */
#include "unit/arr_sim.h"

/* ---- searching ---- */

static void on_history(void *ctx, const struct arr_history *row)
{
    struct seen *s = ctx;
    copy(s, 0, row->download_id);
    copy(s, 1, row->source_title);
    copy(s, 2, row->release_source);
    s->number = row->item_id;
    s->flag = row->type == ARR_HISTORY_GRABBED;
    s->n_rows++;
}

static void on_command(void *ctx, const struct arr_command *c)
{
    struct seen *s = ctx;
    s->n_rows++;
    if (c->item_id)
        s->command = *c;
}

static void search_and_find(struct fixture *f, enum item_kind kind, int id, const char *source)
{
    struct seen s = {0}, after = {0}, list = {0}, rows = {0}, loading = {0}, active = {0};
    sim_set_release(f->sim, id, START - HOURS(1));
    arr_search(f->arr, kind, id, commanded, &s);
    run(f);
    assert_fine(&s);
    assert_int_equal(s.command.item_id, id);
    assert_int_equal(s.command.kind, kind);
    assert_true(s.command.state == ARR_QUEUED || s.command.state == ARR_STARTED);
    virtual_clock_advance(&f->clock, SECONDS(40));
    arr_command_get(f->arr, s.command.id, commanded, &after);
    arr_commands(f->arr, on_command, done, &list);
    arr_history_since(f->arr, START, true, on_history, done, &rows);
    run(f);
    assert_int_equal(after.command.state, ARR_COMPLETED);
    assert_true(after.command.queued >= START - 1000 &&
                after.command.ended > after.command.started);
    assert_int_equal(list.command.id, s.command.id);
    assert_fine(&rows);
    assert_int_equal(rows.n_rows, 1);
    assert_int_equal(rows.number, id);
    assert_true(rows.flag && *rows.texts[0][1]);
    assert_string_equal(rows.texts[0][2], source);
    const struct item it = {.kind = kind, .id = id, .title_id = 1};
    virtual_clock_advance(&f->clock, SECONDS(90)); /* the queue shows a grab after its refresh */
    arr_is_downloading(f->arr, &it, told, &loading);
    arr_downloads(f->arr, listed, &active);
    run(f);
    assert_fine(&loading);
    assert_true(loading.flag);
    assert_fine(&active);
    assert_int_equal(active.number, 1);
    assert_int_equal(sim_was_searched(f->sim, id), 1);
}

static void test_search(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    search_and_find(f, ITEM_EPISODE, 2, "UserInvokedSearch");
}

static void test_search_old(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_OLD, "http://lab.sim");
    search_and_find(f, ITEM_EPISODE, 2, "");
}

static void test_search_movie(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_MODERN, "http://lab.sim");
    search_and_find(f, ITEM_MOVIE, 1, "UserInvokedSearch");
}

static void test_failed_search(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = {0}, after = {0};
    arr_search(f->arr, ITEM_EPISODE, 999, commanded, &s);
    run(f);
    virtual_clock_advance(&f->clock, SECONDS(40));
    arr_command_get(f->arr, s.command.id, commanded, &after);
    run(f);
    assert_int_equal(after.command.state, ARR_COMMAND_FAILED);
    assert_non_null(strstr(after.command.message, "Episode with the given ID does not exist"));
    assert_null(strchr(after.command.message, '\n'));
}

/* A pack is one download of many rows. */
static void test_queue_counts_downloads(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = {0};
    sim_grab(f->sim, (const int[]){2, 3, 4}, 3);
    virtual_clock_advance(&f->clock, SECONDS(95));
    arr_downloads(f->arr, listed, &s);
    run(f);
    assert_fine(&s);
    assert_int_equal(s.number, 1);
}

/* Episodes 5 to 7 of the lab are season 2; season 1 is not loading. */
static void test_downloads_of_a_season(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen other = {0}, same = {0};
    sim_grab(f->sim, (const int[]){5, 7}, 2);
    virtual_clock_advance(&f->clock, SECONDS(95));
    arr_is_season_downloading(f->arr, 1, 1, told, &other);
    arr_is_season_downloading(f->arr, 1, 2, told, &same);
    run(f);
    assert_fine(&other);
    assert_false(other.flag);
    assert_fine(&same);
    assert_true(same.flag);
}

/* ---- health and lists ---- */

static void test_health(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = {0}, down = {0};
    arr_health(f->arr, healthy, &s);
    run(f);
    assert_fine(&s);
    assert_false(s.health.are_indexers_down);
    sim_set_indexers(f->sim, SIM_INDEXER_BLOCKED);
    assert_true(sim_behave(f->sim, "localised_health", true));
    arr_health(f->arr, healthy, &down);
    run(f);
    assert_true(down.health.are_indexers_down && down.health.n_errors >= 1);
}

static void on_tag(void *ctx, int64_t id, const char *label)
{
    struct seen *s = ctx;
    s->number = id;
    copy(s, 0, label);
    s->n_rows++;
}

static void on_profile(void *ctx, const struct arr_profile *p)
{
    struct seen *s = ctx;
    assert_true(p->id > 0 && p->cutoff > 0);
    copy(s, 0, p->name);
    s->n_rows++;
}

static void test_lists(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_OLD, "http://lab.sim");
    struct seen tags = {0}, profiles = {0}, wanted = {0};
    int kids = sim_add_tag(f->sim, "kids");
    arr_tags(f->arr, on_tag, done, &tags);
    arr_profiles(f->arr, on_profile, done, &profiles);
    arr_wanted_count(f->arr, counted, &wanted);
    run(f);
    assert_fine(&tags);
    assert_int_equal(tags.n_rows, 1);
    assert_int_equal(tags.number, kids);
    assert_string_equal(tags.texts[0][0], "kids");
    assert_fine(&profiles);
    assert_true(profiles.n_rows > 0 && *profiles.texts[0][0]);
    assert_fine(&wanted);
    assert_int_equal(wanted.number, (int64_t)sim_count_wanted(f->sim));
    assert_true(wanted.number > 0);
}

/* ---- trouble ---- */

static void test_wrong_key(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    sim_set_key(f->sim, "another");
    struct seen s = probe(f);
    assert_int_equal(s.r.trouble, ARR_UNAUTHORIZED);
    assert_null(strstr(s.r.err.msg, SIM_KEY));
}

static void test_missing_base(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    sim_set_base(f->sim, "/sonarr");
    struct seen s = probe(f);
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    assert_non_null(strstr(s.r.err.msg, "write url: http://lab.sim/sonarr"));
}

static void test_wrong_base(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim/tv");
    struct seen s = probe(f);
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    assert_non_null(strstr(s.r.err.msg, "URL base"));
    assert_true(sim_behave(f->sim, "html_at_wrong_base", false));
    assert_true(sim_behave(f->sim, "login_at_wrong_base", true));
    s = probe(f);
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    assert_non_null(strstr(s.r.err.msg, "login page"));
}

static void test_proxy_login(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_MODERN, "http://lab.sim");
    assert_true(sim_behave(f->sim, "proxy_login_page", true));
    struct seen s;
    titles(f, &s);
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    assert_int_equal(s.n_rows, 0);
}

static void test_nobody(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://nobody.sim");
    struct seen s = probe(f);
    assert_int_equal(s.r.trouble, ARR_UNREACHABLE);
    assert_non_null(strstr(s.r.err.msg, "check the host in 'url'"));
}

static void test_faults(void **state)
{
    static const struct {
        enum sim_fault fault;
        int status;
        enum arr_trouble trouble;
    } rows[] = {
        {SIM_FAULT_STATUS, 500, ARR_SERVER},       {SIM_FAULT_STATUS, 502, ARR_UNREACHABLE},
        {SIM_FAULT_STATUS, 504, ARR_UNREACHABLE},  {SIM_FAULT_STATUS, 429, ARR_SERVER},
        {SIM_FAULT_STATUS, 403, ARR_SERVER},       {SIM_FAULT_HTML, 200, ARR_NOT_AN_API},
        {SIM_FAULT_CUT, 200, ARR_SERVER},          {SIM_FAULT_TARPIT, 0, ARR_UNREACHABLE},
        {SIM_FAULT_RESET, 0, ARR_UNREACHABLE},     {SIM_FAULT_STARTING, 503, ARR_UNREACHABLE},
        {SIM_FAULT_STATUS, 401, ARR_UNAUTHORIZED},
    };
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    for (size_t i = 0; i < COUNT(rows); i++) {
        sim_fault(f->sim, "*", "/api", rows[i].fault, rows[i].status, 0, 1);
        struct seen s;
        titles(f, &s);
        assert_int_equal(s.r.trouble, rows[i].trouble);
        assert_non_null(strstr(s.r.err.msg, "; "));
    }
    struct seen s;
    titles(f, &s);
    assert_fine(&s);
}

/* ---- manners ---- */

static void test_spacing(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = {0};
    for (int i = 0; i < 25; i++)
        arr_probe(f->arr, probed, &s);
    ms_t begin = clock_mono(&f->clock.clock);
    run(f);
    assert_int_equal(s.n_done, 25);
    assert_int_equal(arr_requests(f->arr), 25);
    /* 5 at once, then 5 per second: the last leaves after 4 s. */
    assert_true(clock_mono(&f->clock.clock) - begin >= SECONDS(4));
}

static void test_free_ends_silently(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = {0};
    struct err e = {0};
    arr_titles(f->arr, on_title, done, &s);
    arr_probe(f->arr, probed, &s);
    assert_true(loop_run_until(f->loop, START + 1, &e));
    assert_int_equal(arr_requests(f->arr), 1);
    f->arr = arr_free(f->arr);
    run(f);
    assert_int_equal(s.n_done, 0);
}

static void free_it(void *ctx, const struct arr_result *r)
{
    struct fixture *f = ctx;
    assert_int_equal(r->trouble, ARR_OK);
    f->arr = arr_free(f->arr);
}
static void ignore_title(void *ctx, const struct title *t, const struct item *it)
{
    (void)ctx, (void)t, (void)it;
}

static void test_free_in_done(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = {0};
    arr_titles(f->arr, ignore_title, free_it, f);
    arr_probe(f->arr, probed, &s);
    run(f);
    assert_null(f->arr);
    assert_int_equal(s.n_done, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_search),
        CASE(test_search_old),
        CASE(test_search_movie),
        CASE(test_failed_search),
        CASE(test_queue_counts_downloads),
        CASE(test_downloads_of_a_season),
        CASE(test_health),
        CASE(test_lists),
        CASE(test_wrong_key),
        CASE(test_missing_base),
        CASE(test_wrong_base),
        CASE(test_proxy_login),
        CASE(test_nobody),
        CASE(test_faults),
        CASE(test_spacing),
        CASE(test_free_ends_silently),
        CASE(test_free_in_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
