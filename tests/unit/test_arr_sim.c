/* Every call of arr.h against the simulated servers, old and modern, on a virtual clock. The
 * library is the one of the recordings (tests/arrsim/fill.c): expected values are read off there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "arr/arr.h"
#include "arrsim/sim_transport.h"
#include "base/str.h"

#define START 1795392000000 /* 2026-11-23T00:00:00Z */

struct fixture {
    struct virtual_clock clock;
    struct loop *loop;
    struct world *w;
    struct transport *t;
    struct sim *sim;
    struct arr *arr;
};

/* What the callbacks saw. */
struct seen {
    int n_done, n_rows;
    struct arr_result r;
    struct arr_status status;
    struct arr_command command;
    struct arr_health health;
    struct item items[16];
    struct title titles[16];
    char texts[16][8][80]; /* copies of their strings */
    int64_t number;
    bool flag;
};

static void open_server(struct fixture *f, enum app app, enum sim_profile profile, const char *url)
{
    struct secret key = {0};
    f->sim = world_add(f->w, "lab", app == APP_SONARR ? SIM_SONARR : SIM_RADARR, profile);
    sim_fill_lab(f->sim);
    secret_set(&key, SIM_KEY, strlen(SIM_KEY));
    f->arr = arr_new(&(struct arr_setup){.instance = "lab",
                                         .app = app,
                                         .url = url,
                                         .key = &key,
                                         .timeout = SECONDS(30),
                                         .max_requests = 5,
                                         .tls_verify = true,
                                         .loop = f->loop,
                                         .transport = f->t});
    secret_done(&key);
}

static int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, START);
    f->loop = loop_new_virtual(&f->clock);
    f->w = world_new(&f->clock.clock, 7);
    f->t = sim_transport_new(f->loop, f->w);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arr_free(f->arr);
    sim_transport_free(f->t);
    loop_free(f->loop);
    world_free(f->w);
    mem_free(f);
    return 0;
}

static void run(struct fixture *f)
{
    struct err e = {0};
    assert_true(loop_run(f->loop, &e));
}

/* ---- callbacks ---- */

static void done(void *ctx, const struct arr_result *r)
{
    struct seen *s = ctx;
    s->n_done++;
    s->r = *r;
}
static void probed(void *ctx, const struct arr_result *r, const struct arr_status *status)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->status = *status;
}
static void counted(void *ctx, const struct arr_result *r, int64_t n)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->number = n;
}
static void told(void *ctx, const struct arr_result *r, bool flag)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->flag = flag;
}
static void commanded(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    struct seen *s = ctx;
    done(ctx, r);
    if (c)
        s->command = *c;
}
static void healthy(void *ctx, const struct arr_result *r, const struct arr_health *h)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->health = *h;
}

static const char *copy(struct seen *s, int i, const char *text)
{
    assert_non_null(text);
    snprintf(s->texts[s->n_rows][i], sizeof s->texts[0][0], "%s", text);
    return s->texts[s->n_rows][i];
}

static void on_item(void *ctx, const struct item *it)
{
    struct seen *s = ctx;
    assert_true(s->n_rows < 16);
    struct item *mine = &s->items[s->n_rows];
    *mine = *it;
    mine->title = copy(s, 0, it->title);
    mine->episode_title = copy(s, 1, it->episode_title);
    mine->tags = copy(s, 2, it->tags);
    mine->genres = copy(s, 3, it->genres);
    mine->imdb_id = copy(s, 4, it->imdb_id);
    copy(s, 5, it->sort_title);
    copy(s, 6, it->quality_profile);
    s->n_rows++;
}

static void on_title(void *ctx, const struct title *t, const struct item *it)
{
    struct seen *s = ctx;
    assert_true(s->n_rows < 16);
    s->titles[s->n_rows] = *t;
    s->titles[s->n_rows].title = copy(s, 0, t->title);
    s->titles[s->n_rows].tags = copy(s, 2, t->tags);
    s->titles[s->n_rows].genres = copy(s, 3, t->genres);
    s->titles[s->n_rows].imdb_id = copy(s, 4, t->imdb_id);
    s->titles[s->n_rows].sort_title = copy(s, 5, t->sort_title);
    if (it)
        on_item(ctx, it);
    else
        s->n_rows++;
}

static void item_told(void *ctx, const struct arr_result *r, const struct item *it)
{
    done(ctx, r);
    if (it)
        on_item(ctx, it);
}

/* The one row that has this season and number. */
static const struct item *episode(const struct seen *s, int season, int number)
{
    for (int i = 0; i < s->n_rows; i++)
        if (s->items[i].season == season && s->items[i].episode == number)
            return &s->items[i];
    fail_msg("no S%02dE%02d", season, number);
    return NULL;
}

static utc_t utc(const char *text)
{
    utc_t t = 0;
    assert_true(utc_parse(text, &t));
    return t;
}

static struct seen probe(struct fixture *f)
{
    struct seen s = {0};
    arr_probe(f->arr, probed, &s);
    run(f);
    assert_int_equal(s.n_done, 1);
    return s;
}

static struct seen titles(struct fixture *f)
{
    struct seen s = {0};
    arr_titles(f->arr, on_title, done, &s);
    run(f);
    assert_int_equal(s.n_done, 1);
    return s;
}

static struct seen episodes(struct fixture *f)
{
    struct seen all = titles(f), s = {0};
    assert_int_equal(all.n_rows, 1);
    arr_episodes(f->arr, &all.titles[0], on_item, done, &s);
    run(f);
    assert_int_equal(s.n_done, 1);
    return s;
}

static struct seen item(struct fixture *f, enum item_kind kind, int64_t id)
{
    struct seen s = {0};
    arr_item(f->arr, kind, id, item_told, &s);
    run(f);
    assert_int_equal(s.n_done, 1);
    return s;
}

static void assert_fine(const struct seen *s)
{
    assert_string_equal(s->r.err.msg, "");
    assert_int_equal(s->r.trouble, ARR_OK);
    assert_int_equal(s->n_done, 1);
}

/* ---- who is there ---- */

static void test_probe_modern(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = probe(f);
    assert_fine(&s);
    assert_int_equal(s.status.version_parts[0], 4);
    assert_int_equal(s.status.version_parts[2], 19);
    assert_true(s.status.started > 0 && s.status.started <= START + SECONDS(5));
    assert_true(s.status.has_last_search_time && s.status.has_release_source);
    assert_true(s.status.has_wanted && s.status.has_result);
    assert_int_equal(s.r.server_date / SECONDS(60), START / SECONDS(60));
}

static void test_probe_old_radarr(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_OLD, "http://lab.sim");
    struct seen s = probe(f), wanted = {0};
    assert_fine(&s);
    assert_false(s.status.has_last_search_time || s.status.has_release_source);
    assert_false(s.status.has_wanted || s.status.has_result);
    arr_wanted_count(f->arr, counted, &wanted);
    run(f);
    assert_int_equal(wanted.r.trouble, ARR_GONE);
}

static void test_probe_wrong_app(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    assert_true(sim_behave(f->sim, "wrong_app", true));
    struct seen s = probe(f);
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    assert_string_equal(s.r.err.msg, "instance/lab: 'url' leads to Lidarr, not to Sonarr; correct "
                                     "'type' or 'url'");
}

/* ---- the library ---- */

static void check_lab_show(struct fixture *f)
{
    struct seen s = titles(f);
    assert_fine(&s);
    assert_int_equal(s.n_rows, 1);
    const struct title *t = &s.titles[0];
    assert_string_equal(t->title, "Lab Show");
    assert_string_equal(t->genres, "|Drama|");
    assert_string_equal(t->tags, "");
    assert_int_equal(t->tvdb_id, 70001);
    assert_int_equal(t->year, 2015);
    assert_int_equal(t->runtime, MINUTES(45));
    assert_int_equal(t->status, STATUS_CONTINUING);
    assert_int_equal(t->added, utc("2026-11-22T00:00:00Z"));
    assert_true(t->is_monitored);
    assert_int_equal(strlen(t->fingerprint), 16);
}

static void check_lab_episodes(struct fixture *f)
{
    struct seen s = episodes(f);
    assert_fine(&s);
    assert_int_equal(s.n_rows, 7);
    assert_string_equal(episode(&s, 1, 1)->title, "Lab Show");
    assert_string_equal(episode(&s, 1, 1)->episode_title, "One");
    assert_int_equal(episode(&s, 1, 1)->aired, utc("2015-01-01T20:45:00Z"));
    assert_int_equal(episode(&s, 1, 1)->tvdb_id, 70001);
    assert_true(episode(&s, 1, 1)->is_monitored);
    assert_false(episode(&s, 1, 3)->is_monitored);
    assert_int_equal(episode(&s, 2, 1)->aired, 0);
    assert_string_equal(episode(&s, 2, 1)->episode_title, "TBA");
    assert_int_equal(episode(&s, 2, 2)->aired, utc("2027-01-01T20:45:00Z"));
    assert_int_equal(episode(&s, 0, 1)->kind, ITEM_EPISODE);
    /* 1x1, 1x2, 1x3 and 2x3: specials, date-less and future ones do not count. */
    assert_int_equal(episode(&s, 1, 1)->series_aired_episodes, 4);
}

static void test_sonarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    check_lab_show(f);
    check_lab_episodes(f);
}

static void test_old_sonarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_OLD, "http://lab.sim");
    check_lab_show(f);
    check_lab_episodes(f);
}

/* Quality 4 is below the cutoff of the simulated profiles, 3 is not (tests/arrsim/fill.c). */
static void test_files(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen none = episodes(f);
    assert_int_equal(sim_requests(f->sim, "GET", "/api/v3/episodefile"), 0);
    int low = (int)episode(&none, 1, 1)->id, good = (int)episode(&none, 1, 2)->id;
    sim_add_file(f->sim, low, 1, 0);
    sim_add_file(f->sim, good, 3, 0);
    bool is_low = sim_is_below_cutoff(f->sim, sim_item(f->sim, low));
    struct seen s = episodes(f);
    assert_int_equal(sim_requests(f->sim, "GET", "/api/v3/episodefile"), 1);
    assert_true(episode(&s, 1, 1)->has_file && episode(&s, 1, 2)->has_file);
    assert_false(episode(&s, 1, 3)->has_file);
    assert_int_equal(episode(&s, 1, 1)->is_cutoff_unmet, is_low);
    assert_false(episode(&s, 1, 2)->is_cutoff_unmet);
}

static void test_fingerprint(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen a = titles(f), b = titles(f);
    assert_string_equal(a.titles[0].fingerprint, b.titles[0].fingerprint);
    sim_title(f->sim, 1)->seasons.at[1].is_monitored ^= true;
    struct seen c = titles(f);
    assert_string_not_equal(a.titles[0].fingerprint, c.titles[0].fingerprint);
    sim_add_file(f->sim, 2, 3, 0);
    struct seen d = titles(f);
    assert_string_not_equal(c.titles[0].fingerprint, d.titles[0].fingerprint);
}

static void check_lab_movies(struct fixture *f)
{
    struct seen s = titles(f);
    assert_fine(&s);
    assert_int_equal(s.n_rows, 3);
    const struct item *movie = &s.items[0];
    assert_string_equal(movie->title, "Lab Movie");
    assert_string_equal(movie->imdb_id, "tt0000001");
    assert_int_equal(movie->kind, ITEM_MOVIE);
    assert_int_equal(movie->tmdb_id, 80001);
    assert_int_equal(movie->season, -1);
    assert_int_equal(movie->in_cinemas, utc("2015-01-01T00:00:00Z"));
    assert_int_equal(movie->physical, utc("2015-06-01T00:00:00Z"));
    assert_int_equal(movie->digital, 0);
    assert_true(movie->is_available && movie->is_monitored);
    assert_int_equal(s.titles[0].status, STATUS_RELEASED);
    assert_int_equal(s.titles[1].status, STATUS_ANNOUNCED);
    assert_false(s.items[2].is_monitored);
}

static void test_radarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_MODERN, "http://lab.sim");
    check_lab_movies(f);
}

static void test_old_radarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_OLD, "http://lab.sim");
    check_lab_movies(f);
}

static void test_item(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = item(f, ITEM_EPISODE, 2);
    assert_fine(&s);
    assert_string_equal(s.items[0].title, "Lab Show");
    assert_string_equal(s.items[0].episode_title, "One");
    assert_int_equal(s.items[0].title_id, 1);
    assert_int_equal(s.items[0].aired, utc("2015-01-01T20:45:00Z"));
    assert_true(s.r.server_date > 0);
    s = item(f, ITEM_EPISODE, 999);
    assert_int_equal(s.r.trouble, ARR_GONE);
    assert_int_equal(s.n_rows, 0);
}

static void test_movie(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_OLD, "http://lab.sim");
    struct seen s = item(f, ITEM_MOVIE, 1);
    assert_fine(&s);
    assert_string_equal(s.items[0].title, "Lab Movie");
    s = item(f, ITEM_MOVIE, 999);
    assert_int_equal(s.r.trouble, ARR_GONE);
}

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
    arr_queue_active(f->arr, counted, &active);
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
    arr_queue_active(f->arr, counted, &s);
    run(f);
    assert_fine(&s);
    assert_int_equal(s.number, 1);
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
    struct seen s = titles(f);
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    assert_int_equal(s.n_rows, 0);
}

static void test_nobody(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://nobody.sim");
    struct seen s = probe(f);
    assert_int_equal(s.r.trouble, ARR_UNREACHABLE);
    assert_true(str_starts(s.r.err.msg, "instance/lab: "));
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
        struct seen s = titles(f);
        assert_int_equal(s.r.trouble, rows[i].trouble);
        assert_true(str_starts(s.r.err.msg, "instance/lab: "));
        assert_non_null(strstr(s.r.err.msg, "; "));
    }
    struct seen s = titles(f);
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

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_probe_modern),
        CASE(test_probe_old_radarr),
        CASE(test_probe_wrong_app),
        CASE(test_sonarr_library),
        CASE(test_old_sonarr_library),
        CASE(test_files),
        CASE(test_fingerprint),
        CASE(test_radarr_library),
        CASE(test_old_radarr_library),
        CASE(test_item),
        CASE(test_movie),
        CASE(test_search),
        CASE(test_search_old),
        CASE(test_search_movie),
        CASE(test_failed_search),
        CASE(test_queue_counts_downloads),
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
