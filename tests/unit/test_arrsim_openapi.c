/* The new profiles against the servers' own OpenAPI files, reduced to names and types
 * (tests/recordings/openapi): no answer has a field that is not described, or one of another type
 * or another word than an enumeration has; no endpoint reads a parameter that it does not have.
 * What the description cannot say (absent, in which order) is the recordings' part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "unit/arrsim_fixture.h"

/* ---- one value against its type ---- */

struct check {
    const json_t *api;
    const char *target;
    int wrong;
};

static void wrong(struct check *c, const char *where, const char *spec, const json_t *v)
{
    CLEANUP(freep) char *text = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT);
    print_error("%s: %s is no %s: %.80s\n", c->target, where, spec, text);
    c->wrong++;
}

static bool is_plain(const char *spec, const json_t *v)
{
    return str_eq(spec, "any") || (str_eq(spec, "string") && json_is_string(v)) ||
           (str_eq(spec, "integer") && json_is_integer(v)) ||
           (str_eq(spec, "number") && json_is_number(v)) ||
           (str_eq(spec, "boolean") && json_is_boolean(v));
}

static bool is_word_of(const json_t *words, const json_t *v)
{
    for (size_t i = 0; i < json_array_size(words); i++)
        if (json_equal(json_array_get(words, i), v))
            return true;
    return false;
}

/* The description knows the common part of all commands; the recordings have the others. */
static const char *spec_of(const char *type, const json_t *fields, const char *key)
{
    static const struct {
        const char *key, *spec;
    } of_commands[] = {{"episodeIds", "[integer]"},
                       {"movieIds", "[integer]"},
                       {"seriesId", "integer"},
                       {"seasonNumber", "integer"},
                       {"monitored", "boolean"}};
    for (size_t i = 0; i < COUNT(of_commands) && str_eq(type, "Command"); i++)
        if (str_eq(of_commands[i].key, key))
            return of_commands[i].spec;
    return jx_str(fields, key);
}

static void check_value(struct check *c, const char *where, const char *spec, const json_t *v);

static void check_object(struct check *c, const char *name, const json_t *fields, const json_t *v)
{
    const char *key;
    json_t *inner;
    json_object_foreach((json_t *)(uintptr_t)v, key, inner)
    {
        CLEANUP(freep) char *where = mem_printf("%s.%s", name, key);
        const char *spec = spec_of(name, fields, key);
        if (spec)
            check_value(c, where, spec, inner);
        else
            wrong(c, where, "field", inner);
    }
}

/* "[X]" and "{X}": a list or a map of them; nulls are in maps only. */
static void check_many(struct check *c, const char *where, const char *spec, const json_t *v)
{
    CLEANUP(freep) char *inner = mem_strdup(spec + 1);
    inner[strlen(inner) - 1] = '\0';
    const char *key;
    json_t *one;
    size_t i;
    if (spec[0] == '[' ? !json_is_array(v) : !json_is_object(v))
        wrong(c, where, spec, v);
    json_array_foreach((json_t *)(uintptr_t)v, i, one) check_value(c, where, inner, one);
    json_object_foreach((json_t *)(uintptr_t)v, key, one)
    {
        if (!json_is_null(one))
            check_value(c, where, inner, one);
    }
}

static void check_value(struct check *c, const char *where, const char *spec, const json_t *v)
{
    const json_t *fields = json_object_get(json_object_get(c->api, "types"), spec);
    const json_t *words = json_object_get(json_object_get(c->api, "enums"), spec);
    if (spec[0] == '[' || spec[0] == '{')
        check_many(c, where, spec, v);
    else if (fields && json_is_object(v))
        check_object(c, spec, fields, v);
    else if (!(words ? is_word_of(words, v) : is_plain(spec, v)))
        wrong(c, where, spec, v);
}

/* ---- a server with something of everything ---- */

static json_t *read_api(const char *app)
{
    char path[64];
    snprintf(path, sizeof path, "tests/recordings/openapi/%s-v3.json", app);
    json_t *api = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(api);
    return api;
}

static void live(struct fixture *f, struct sim *s)
{
    sim_fill_demo(s);
    sim_fill_wanted(s, 3, 3);
    sim_add_tag(s, "kept");
    sim_add_file(s, 2, 1, 50);
    int last = (int)s->items.n, seen = last - 1;
    s->titles.at[s->items.at[0].title - 1].tags[0] = 1;
    sim_behave(s, "imports_stuck", true);
    for (int item = last - 2; item <= last; item++)
        sim_set_release(s, item, START - 1);
    sim_user_search(s, &last, 1);
    sim_user_search(s, &seen, 1);
    sim_user_search(s, (const int[]){1, 9999}, 2);
    sim_delete_file(s, last, "Manual");
    pass(f, HOURS(2));
    sim_grab(s, (const int[]){1}, 1);
    sim_set_indexer(s, 0, SIM_INDEXER_BLOCKED);
    pass(f, SECONDS(1));
}

static void answers_fit(struct sim *s, const json_t *api, const char *route, const char *target)
{
    const json_t *path = json_object_get(json_object_get(api, "paths"), route);
    struct check c = {.api = api, .target = target};
    ANSWER a = ask(s, target);
    if (a.status != 200 || !path || !a.json)
        fail_msg("%s: %d", target, a.status);
    if (json_is_array(a.json) ? !json_array_size(a.json) : !json_object_size(a.json))
        fail_msg("%s: nothing to check", target);
    check_value(&c, route, jx_str(path, "returns"), a.json);
    assert_int_equal(c.wrong, 0);
}

struct request_row {
    const char *route, *target;
};

#define V3 "/api/v3/"
#define SAME(path)                                                                                 \
    {                                                                                              \
        V3 path, V3 path                                                                           \
    }
static const struct request_row of_both[] = {
    SAME("system/status"),
    SAME("health"),
    SAME("indexer"),
    SAME("rootfolder"),
    SAME("tag"),
    SAME("qualityprofile"),
    SAME("wanted/missing"),
    SAME("wanted/cutoff"),
    SAME("queue/status"),
    SAME("history"),
    SAME("command"),
    {V3 "command/{id}", V3 "command/1"},
    {V3 "history/since", V3 "history/since?date=2026-11-22T00:00:00Z"},
    {V3 "calendar", V3 "calendar?start=2010-01-01T00:00:00Z&end=2030-01-01T00:00:00Z"},
};

static const struct request_row of_sonarr[] = {
    {V3 "series", V3 "series"},
    {V3 "series/{id}", V3 "series/1"},
    {V3 "episode",
     V3 "episode?seriesId=1&includeSeries=true&includeEpisodeFile=true&includeImages=true"},
    {V3 "episode/{id}", V3 "episode/2"},
    {V3 "episodefile", V3 "episodefile?seriesId=1"},
    {V3 "wanted/missing", V3 "wanted/missing?includeSeries=true&includeImages=true"},
    {V3 "wanted/cutoff", V3 "wanted/cutoff?includeSeries=true&includeEpisodeFile=true"},
    {V3 "queue", V3 "queue?includeSeries=true&includeEpisode=true"},
    SAME("queue/details"),
    {V3 "history", V3 "history?includeSeries=true&includeEpisode=true&pageSize=100"},
    {V3 "history/series", V3 "history/series?seriesId=1"},
};

static const struct request_row of_radarr[] = {
    SAME("movie"),
    {V3 "movie/{id}", V3 "movie/2"},
    {V3 "moviefile", V3 "moviefile?movieId=2"},
    {V3 "queue", V3 "queue?includeMovie=true"},
    SAME("queue/details"),
    {V3 "history", V3 "history?includeMovie=true&pageSize=100"},
    {V3 "history/movie", V3 "history/movie?movieId=1"},
};

static void rows_fit(struct sim *s, const json_t *api, const struct request_row rows[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        answers_fit(s, api, rows[i].route, rows[i].target);
}

/* behaviour 1: also that nothing is null outside of maps, for no type is. */
static void answers_are_described(void **state)
{
    struct fixture *f = *state;
    CLEANUP(jx_decrefp) json_t *sonarr = read_api("sonarr"), *radarr = read_api("radarr");
    live(f, f->tv);
    live(f, f->film);
    rows_fit(f->tv, sonarr, of_both, COUNT(of_both));
    rows_fit(f->tv, sonarr, of_sonarr, COUNT(of_sonarr));
    rows_fit(f->film, radarr, of_both, COUNT(of_both));
    rows_fit(f->film, radarr, of_radarr, COUNT(of_radarr));
}

/* ---- parameters ---- */

static bool reads(struct sim *s, const char *route, const char *name)
{
    char target[200];
    const char *id = strstr(route, "{id}");
    size_t n = id ? (size_t)(id - route) : strlen(route);
    snprintf(target, sizeof target, "%.*s%s?%s=1", (int)n, route, id ? "1" : "", name);
    struct ex *x = ex_new(s);
    x->api_key = SIM_KEY;
    assert_true(ex_set_target(x, target));
    api_answer(x);
    bool ret = x->query.at[0].is_read;
    ex_free(x);
    return ret;
}

static bool has(const json_t *names, const char *name)
{
    for (size_t i = 0; i < json_array_size(names); i++)
        if (str_case_eq(json_string_value(json_array_get(names, i)), name))
            return true;
    return false;
}

static int count_invented(struct sim *s, const json_t *paths, const char *route, const json_t *own)
{
    const char *other;
    json_t *path;
    int n = 0;
    json_object_foreach((json_t *)(uintptr_t)paths, other, path)
    {
        const json_t *names = json_object_get(path, "parameters");
        for (size_t i = 0; i < json_array_size(names); i++) {
            const char *name = json_string_value(json_array_get(names, i));
            bool is_invented = !has(own, name) && reads(s, route, name);
            if (is_invented)
                print_error("%s reads %s\n", route, name);
            n += is_invented;
        }
    }
    return n;
}

/* Every parameter of any endpoint is offered to each one. */
static void parameters_are_described(void **state)
{
    struct fixture *f = *state;
    struct sim *sims[] = {f->tv, f->film};
    for (size_t i = 0; i < COUNT(sims); i++) {
        CLEANUP(jx_decrefp) json_t *api = read_api(i ? "radarr" : "sonarr");
        json_t *paths = json_object_get(api, "paths"), *path;
        const char *route;
        int n = 0;
        sim_fill_wanted(sims[i], 2, 0);
        json_object_foreach(paths, route, path) n +=
            count_invented(sims[i], paths, route, json_object_get(path, "parameters"));
        assert_int_equal(n, 0);
        assert_true(reads(sims[i], "/api/v3/history/since", "date"));
    }
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(answers_are_described),
        TEST(parameters_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
