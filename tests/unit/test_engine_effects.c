/* What a plan means for searching: cli page section 4 (the => lines) and 6 (effects). The library
 * is written here by hand and small enough to count:
 *
 *   tv      Big Brother 1999, 3 missing        Love Island 2015, 2 missing and 1 there
 *           Severance 2022, 2 missing          Old Reality 1999, 2 missing, unmonitored
 *   films   Alpha 2000  Beta 2010  Gamma 2015  Delta 2018  Epsilon 2021, all missing */
#include "engine/effects.h"
#include "plan/recorded.h"
#include "plan_bench.h"
#include "store/library.h"
#include "store/searches.h"
#include "unit/store_see.h"

static const struct {
    const char *name;
    int year, n_missing, n_there;
    bool is_monitored;
} shows[] = {{"Big Brother", 1999, 3, 0, true},
             {"Love Island", 2015, 2, 1, true},
             {"Severance", 2022, 2, 0, true},
             {"Old Reality", 1999, 2, 0, false}};
static const struct {
    const char *name;
    int year;
} films[] = {{"Alpha", 2000}, {"Beta", 2010}, {"Gamma", 2015}, {"Delta", 2018}, {"Epsilon", 2021}};

#define MUST(call)                                                                                 \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, e.msg);                                                      \
    } while (0)

static struct title title_of(int64_t id, const char *name, int year, bool is_monitored)
{
    return (struct title){.id = id,
                          .tvdb_id = 1000 + id,
                          .tmdb_id = 2000 + id,
                          .imdb_id = "",
                          .title = name,
                          .sort_title = name,
                          .year = year,
                          .status = STATUS_ENDED,
                          .is_monitored = is_monitored,
                          .tags = "",
                          .genres = ""};
}

static void put_items(struct bench *b, int64_t g, const struct title *t, int n, bool has_file,
                      int from)
{
    struct err e;
    for (int i = from; i < from + n; i++) {
        const struct item it = {.kind = ITEM_EPISODE,
                                .id = t->id * 100 + i,
                                .title_id = t->id,
                                .tvdb_id = t->tvdb_id,
                                .season = i,
                                .episode = 1,
                                .title = t->title,
                                .episode_title = "",
                                .is_monitored = t->is_monitored,
                                .has_file = has_file,
                                .aired = 1700000000000,
                                .n_titles = 1};
        MUST(item_put(b->store, "tv", g, &it, &e));
    }
}

static void sync_shows(struct bench *b)
{
    struct library_counts counts;
    struct err e;
    int64_t g;
    MUST(library_begin(b->store, "tv", &g, &e));
    for (size_t i = 0; i < COUNT(shows); i++) {
        struct title t =
            title_of((int64_t)i + 1, shows[i].name, shows[i].year, shows[i].is_monitored);
        MUST(see_title(b->store, "tv", g, &t, &e));
        put_items(b, g, &t, shows[i].n_missing, false, 1);
        put_items(b, g, &t, shows[i].n_there, true, 1 + shows[i].n_missing);
    }
    MUST(library_end(b->store, "tv", g, 1, &counts, &e));
}

static void sync_films(struct bench *b)
{
    struct library_counts counts;
    struct err e;
    int64_t g;
    MUST(library_begin(b->store, "films", &g, &e));
    for (size_t i = 0; i < COUNT(films); i++) {
        struct title t = title_of((int64_t)i + 1, films[i].name, films[i].year, true);
        const struct item it = {.kind = ITEM_MOVIE,
                                .id = t.id,
                                .title_id = t.id,
                                .tmdb_id = t.tmdb_id,
                                .season = -1,
                                .episode = -1,
                                .title = t.title,
                                .episode_title = "",
                                .is_monitored = true,
                                .is_available = true,
                                .digital = 1700000000000,
                                .n_titles = 1};
        MUST(see_title(b->store, "films", g, &t, &e));
        MUST(item_put(b->store, "films", g, &it, &e));
    }
    MUST(library_end(b->store, "films", g, 1, &counts, &e));
}

/* ---- trees ---- */

static void put_instances(struct bench *b, const char *more_of_films)
{
    CLEANUP(freep)
    char *text =
        mem_printf("instances:\n"
                   "  tv: {type: sonarr, url: 'http://tv', api_key: {secret: k}}\n"
                   "  films: {type: radarr, url: 'http://films', api_key: {secret: k}%s}\n",
                   more_of_films);
    put(b, "instances.yaml", text);
}

/* Applies the tree as it is, with libraries that were read. */
static void begin(struct bench *b, const char *text)
{
    put_instances(b, "");
    put(b, "x.yaml", text);
    settle(b);
    sync_shows(b);
    sync_films(b);
}

static void change(struct bench *b, const char *text)
{
    struct err e;
    if (text)
        put(b, "x.yaml", text);
    make_plan(b, NULL);
    MUST(effects_take(b->plan, b->config, b->store, clock_utc(&b->clock.clock), &e));
}

static void expect_effects(struct bench *b, size_t n, const char *line)
{
    CLEANUP(jx_decrefp) json_t *o = plan_json(b->plan, NULL);
    size_t i, n_effects = 0;
    json_t *c;
    json_array_foreach(json_object_get(o, "changes"), i, c) n_effects +=
        json_array_size(json_object_get(c, "effects"));
    if (line)
        expect_text(b, line);
    assert_int_equal(n_effects, n);
}

/* ---- exclusions ---- */

static const char reality[] =
    "exclusions:\n  old: {match: [{title_regex: '^(Big Brother|Love Island|Old Reality)'}]}\n";

static void a_removed_exclusion_frees_series(void **state)
{
    struct bench *b = *state;
    begin(b, reality);
    change(b, "exclusions: {}\n"); /* three match, one is not monitored */
    expect_effects(b, 1, "      => 2 series become searchable again\n");
    CLEANUP(jx_decrefp) json_t *o = plan_json(b->plan, NULL);
    const json_t *c = json_array_get(json_object_get(o, "changes"), 0);
    const json_t *effect = json_array_get(json_object_get(c, "effects"), 0);
    assert_string_equal(jx_str(effect, "kind"), "items_searchable");
    assert_string_equal(jx_str(effect, "unit"), "series");
    assert_int_equal(jx_int(effect, "count", -1), 2);
}

static void its_revision_remembers_them(void **state)
{
    struct bench *b = *state;
    CLEANUP(revision_done) struct revision r = {0};
    CLEANUP(buf_done) struct buf text;
    struct err e;
    buf_init(&text, BUF_TEXT);
    begin(b, reality);
    change(b, "exclusions: {}\n");
    apply(b);
    MUST(revision_latest(b->store, &r, &e));
    MUST(recorded_text(r.plan, &(const struct plan_view){0}, &text, &e));
    assert_non_null(strstr(text.at, "      => 2 series become searchable again\n"));
}

static void what_another_one_excludes_stays_excluded(void **state)
{
    struct bench *b = *state;
    begin(b, "exclusions:\n  old: {match: [{title_regex: '^(Big Brother|Love Island)'}]}\n"
             "  other: {match: [{title: love island}]}\n");
    change(b, "exclusions:\n  other: {match: [{title: love island}]}\n");
    expect_effects(b, 1, "      => 1 series becomes searchable again\n");
}

static void a_new_exclusion_excludes_series_and_movies(void **state)
{
    struct bench *b = *state;
    begin(b, "exclusions: {}\n");
    change(b, "exclusions:\n  vowels: {match: [{title_regex: '^[AEIOU]'}, {title: Severance}]}\n");
    expect_text(b, "      => 2 movies become excluded\n"); /* Alpha, Epsilon */
    expect_effects(b, 2, "      => 1 series becomes excluded\n");
}

static void a_changed_exclusion_does_both(void **state)
{
    struct bench *b = *state;
    begin(b, "exclusions:\n  x: {match: [{title: Alpha}, {title: Beta}]}\n");
    change(b, "exclusions:\n  x: {match: [{title: Beta}, {title: Gamma}, {title: Delta}]}\n");
    expect_text(b, "      => 1 movie becomes searchable again\n");
    expect_effects(b, 2, "      => 2 movies become excluded\n");
}

/* Each episode here is alone in its season. */
static void parts_of_series_are_counted_by_episode(void **state)
{
    struct bench *b = *state;
    begin(b,
          "exclusions:\n  x: {match: [{tvdb_id: 1001, season: 1}, {tvdb_id: 1001, season: 3}]}\n");
    change(b, "exclusions: {}\n");
    expect_effects(b, 1, "      => 2 episodes become searchable again\n");
}

static void a_new_name_changes_nothing(void **state)
{
    struct bench *b = *state;
    begin(b, "exclusions:\n  x: {match: [{title: Alpha}]}\n");
    change(b, "exclusions:\n  y: {match: [{title: Alpha}], renamed_from: x}\n");
    assert_int_equal(plan_count(b->plan, PLAN_RENAME), 1);
    expect_effects(b, 0, NULL);
}

static void where_it_holds_counts(void **state)
{
    struct bench *b = *state;
    begin(b, "exclusions:\n  x: {match: [{title_regex: '^[AB]'}], instances: [tv, films]}\n");
    change(b, "exclusions:\n  x: {match: [{title_regex: '^[AB]'}], instances: [tv]}\n");
    expect_effects(b, 1, "      => 2 movies become searchable again\n"); /* Alpha, Beta */
}

/* ---- queues ---- */

static void filters_narrow(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: [films]}\n");
    change(b, "queues:\n  q: {instances: [films], filters: {years: 2015-2024}}\n");
    expect_effects(b, 1, "      => 3 of 5 candidates remain\n");
    CLEANUP(jx_decrefp) json_t *o = plan_json(b->plan, NULL);
    const json_t *c = json_array_get(json_object_get(o, "changes"), 0);
    const json_t *effect = json_array_get(json_object_get(c, "effects"), 0);
    assert_string_equal(jx_str(effect, "kind"), "candidates");
    assert_int_equal(jx_int(effect, "count", -1), 3);
    assert_int_equal(jx_int(effect, "before", -1), 5);
}

static void filters_widen(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: [films], filters: {years: 2015-2024}}\n");
    change(b, "queues:\n  q: {instances: [films], filters: {years: 2010-2024}}\n");
    expect_effects(b, 1, "      => 4 candidates, 1 more than before\n");
}

static void filters_move(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: [films], filters: {years: 2000-2010}}\n");
    change(b, "queues:\n  q: {instances: [films], filters: {years: 2010-2018}}\n");
    expect_effects(b, 1, "      => 3 candidates instead of 2, 2 of them new\n");
}

static void what_changes_no_candidate_says_nothing(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: [films], batch: 10}\n");
    change(b, "queues:\n  q: {instances: [films], batch: 20}\n");
    expect_effects(b, 0, NULL);
}

static void queues_come_and_go(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  a: {instances: [tv]}\n");
    /* missing and monitored: 3 + 2 + 2 episodes; 5 films */
    change(b, "queues:\n  b: {instances: all}\n");
    expect_text(b, "      => 12 candidates\n");
    expect_effects(b, 2, "      => 0 of 7 candidates remain\n");
}

static void an_exclusion_is_not_blamed_on_the_queue(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: [films]}\nexclusions:\n  x: {match: [{title: Alpha}]}\n");
    change(b, "queues:\n  q: {instances: [films], filters: {years: 2015-2024}}\nexclusions: {}\n");
    expect_text(b, "      => 1 movie becomes searchable again\n");
    expect_effects(b, 2, "      => 3 of 5 candidates remain\n");
}

static void a_profile_changes_its_queues(void **state)
{
    struct bench *b = *state;
    begin(b, "profiles:\n  p: {}\nqueues:\n  q: {instances: [films], profile: p}\n"
             "  r: {instances: [films]}\n");
    change(b, "profiles:\n  p: {filters: {years: 2015-2024}}\n"
              "queues:\n  q: {instances: [films], profile: p}\n  r: {instances: [films]}\n");
    expect_effects(b, 1, "      => queue/q: 3 of 5 candidates remain\n");
}

static void a_suspended_instance_has_no_candidates(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: [films]}\n  r: {instances: all}\n");
    put_instances(b, ", suspend: true");
    change(b, NULL);
    expect_effects(b, 1, "      => 0 of 5 candidates remain\n"); /* each counted once */
}

/* ---- when ---- */

static void ran(struct bench *b, const char *queue, const char *instance, utc_t at)
{
    const struct run r = {.queue = queue,
                          .instance = instance,
                          .strategy = "missing",
                          .started = at,
                          .ended = at,
                          .status = "completed",
                          .gate = "",
                          .reasons = "{}",
                          .near_misses = "[]",
                          .error = ""};
    int64_t id;
    struct err e;
    MUST(run_add(b->store, &r, &id, &e));
}

/* 2027-01-15T08:00:00Z is the bench's beginning. */
enum { HOUR = 3600 * 1000 };
static const utc_t eight = 1800000000000;

static void a_longer_interval_moves_the_next_run(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: all, schedule: {every: 24h}}\n");
    ran(b, "q", "tv", eight - 2 * HOUR);
    ran(b, "q", "films", eight - 3 * HOUR); /* the earlier one counts: 05:00 */
    change(b, "queues:\n  q: {instances: all, schedule: {every: 48h}}\n");
    expect_effects(b, 1,
                   "      => next run moves from 2027-01-16 05:00 UTC to 2027-01-17 05:00 UTC\n");
}

static void a_shorter_one_may_mean_now(void **state)
{
    struct bench *b = *state;
    begin(b, "schedules:\n  s: {every: 24h}\nqueues:\n  q: {instances: [tv], schedule: s}\n");
    ran(b, "q", "tv", eight - 2 * HOUR);
    change(b, "schedules:\n  s: {every: 1h}\nqueues:\n  q: {instances: [tv], schedule: s}\n");
    expect_effects(b, 1, "      => queue/q: next run moves from 2027-01-16 06:00 UTC to now\n");
}

static void a_new_name_moves_no_run(void **state)
{
    struct bench *b = *state;
    begin(b, "queues:\n  q: {instances: [tv], schedule: {every: 24h}}\n");
    ran(b, "q", "tv", eight - 2 * HOUR);
    change(b, "queues:\n  p: {instances: [tv], schedule: {every: 24h}, renamed_from: q}\n");
    expect_effects(b, 0, NULL);
}

/* ---- what is not known is not said ---- */

static void an_unread_library_says_nothing(void **state)
{
    struct bench *b = *state;
    put_instances(b, "");
    put(b, "x.yaml", "queues:\n  q: {instances: [films]}\n");
    settle(b);
    sync_shows(b);
    change(b,
           "queues:\n  q: {instances: [films, tv]}\nexclusions:\n  x: {match: [{title: Alpha}]}\n"
           "  y: {match: [{title: Severance}], instances: [tv]}\n");
    expect_effects(b, 1, "      => 1 series becomes excluded\n"); /* of y: it holds on tv alone */
}

static void the_first_plan_of_all_says_nothing(void **state)
{
    struct bench *b = *state;
    put_instances(b, "");
    put(b, "x.yaml", reality);
    change(b, NULL);
    expect_effects(b, 0, NULL);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_removed_exclusion_frees_series),
        T(its_revision_remembers_them),
        T(what_another_one_excludes_stays_excluded),
        T(a_new_exclusion_excludes_series_and_movies),
        T(a_changed_exclusion_does_both),
        T(parts_of_series_are_counted_by_episode),
        T(a_new_name_changes_nothing),
        T(where_it_holds_counts),
        T(filters_narrow),
        T(filters_widen),
        T(filters_move),
        T(what_changes_no_candidate_says_nothing),
        T(queues_come_and_go),
        T(an_exclusion_is_not_blamed_on_the_queue),
        T(a_profile_changes_its_queues),
        T(a_suspended_instance_has_no_candidates),
        T(a_longer_interval_moves_the_next_run),
        T(a_shorter_one_may_mean_now),
        T(a_new_name_moves_no_run),
        T(an_unread_library_says_nothing),
        T(the_first_plan_of_all_says_nothing),
    };
#undef T
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
