/* The old profiles against what real servers answered (tests/recordings): for the same library and
 * the same request the same status and content type, and the same keys in the same order with the
 * same JSON types, all the way down (behaviour 1: what is null is absent, and "id" comes last).
 * Values may differ. Exceptions are listed with their reasons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "arrsim/api.h"
#include "base/file.h"
#include "base/jx.h"
#include "base/str.h"

#define RECORDED 1795402835000 /* 2026-11-23T03:00:35Z, when the last of them were made */

struct fixture {
    struct virtual_clock clock;
    struct world *w;
    struct sim *s;
    const char *dir;
};

static struct fixture *begin(const char *dir, enum sim_app app)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, RECORDED);
    f->w = world_new(&f->clock.clock, 3);
    f->s = world_add(f->w, "lab", app, SIM_OLD);
    f->dir = dir;
    sim_fill_lab(f->s);
    sim_behave(f->s, "blackhole", true); /* what the recorded servers grabbed to */
    return f;
}

static void end(struct fixture *f)
{
    world_free(f->w);
    mem_free(f);
}

/* ---- shapes ---- */

/* Where our answer is knowingly poorer: everything below this key is left out of both. */
static const char *const exceptions[] = {
    "fields",          /* indexer settings: nobody reads them, and Radarr's are 3 KB each */
    "unmappedFolders", /* a listing of the disk */
};

static bool is_exception(const char *key)
{
    for (size_t i = 0; i < COUNT(exceptions); i++)
        if (str_eq(exceptions[i], key))
            return true;
    return false;
}

static char *shape(const json_t *j);

static char *shape_object(const json_t *j)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    buf_putc(&b, '{');
    const char *key;
    json_t *v;
    json_object_foreach((json_t *)(uintptr_t)j, key, v)
    {
        CLEANUP(freep) char *inner = is_exception(key) ? mem_strdup("...") : shape(v);
        buf_printf(&b, "%s:%s,", key, inner);
    }
    buf_putc(&b, '}');
    return b.at;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The set of its elements' shapes. */
static char *shape_array(const json_t *j)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    VEC(char *) all = {0};
    for (size_t i = 0; i < json_array_size(j); i++)
        vec_push(&all, shape(json_array_get(j, i)));
    if (all.n)
        qsort(all.at, all.n, sizeof(char *), by_text);
    for (size_t i = 0; i < all.n; i++)
        if (i == 0 || strcmp(all.at[i], all.at[i - 1]) != 0)
            buf_printf(&b, "%s|", all.at[i]);
    for (size_t i = 0; i < all.n; i++)
        mem_free(all.at[i]);
    vec_done(&all);
    char *ret = mem_printf("[%s]", b.at);
    buf_done(&b);
    return ret;
}

static char *shape(const json_t *j)
{
    switch (json_typeof(j)) {
    case JSON_OBJECT: return shape_object(j);
    case JSON_ARRAY: return shape_array(j);
    case JSON_STRING: return mem_strdup("string");
    case JSON_INTEGER: return mem_strdup("integer");
    case JSON_REAL: return mem_strdup("real");
    case JSON_TRUE:
    case JSON_FALSE: return mem_strdup("bool");
    case JSON_NULL: return mem_strdup("null");
    }
    return mem_strdup("?");
}

/* ---- recordings ---- */

struct recording {
    char method[8], target[200], body[200], type[80];
    int status;
    json_t *json;
};

static void recording_done(struct recording *r)
{
    json_decref(r->json);
}

static void read_text(const struct fixture *f, const char *name, const char *ext, struct buf *ret)
{
    struct err e;
    char path[256];
    snprintf(path, sizeof path, "tests/recordings/%s/%s.%s", f->dir, name, ext);
    if (!file_read(path, 1 << 20, ret, &e))
        fail_msg("%s", e.msg);
}

/* First line the request, then its body up to an empty line, then the answer's head. */
static struct recording read_recording(const struct fixture *f, const char *name)
{
    struct recording r = {0};
    CLEANUP(buf_done) struct buf head = {0}, json = {0};
    read_text(f, name, "http", &head);
    read_text(f, name, "json", &json);
    assert_int_equal(sscanf(head.at, "%7s %199s", r.method, r.target), 2);
    const char *second = strchr(head.at, '\n') + 1, *answer = strstr(head.at, "HTTP/1.1 ");
    snprintf(r.body, sizeof r.body, "%.*s", (int)strcspn(second, "\n"), second);
    r.status = (int)strtol(answer + 9, NULL, 10);
    const char *type = strstr(head.at, "Content-Type: ");
    snprintf(r.type, sizeof r.type, "%.*s", (int)strcspn(type + 14, "\r\n"), type + 14);
    r.json = json_loadb(json.at, json.n, 0, NULL);
    assert_non_null(r.json);
    return r;
}

/* ---- asking ours ---- */

static json_t *ask(struct sim *s, const struct recording *r, const char *target, int *ret_status,
                   char ret_type[static 80])
{
    struct ex *x = ex_new(s);
    x->method = r->method;
    x->api_key = SIM_KEY;
    x->content_type = "application/json";
    x->body = r->body;
    x->n_body = strlen(r->body);
    assert_true(ex_set_target(x, target));
    api_answer(x);
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, 1 << 24);
    while (api_next(x, &out))
        ;
    json_error_t why;
    json_t *json = json_loadb(out.at, out.n, JSON_REJECT_DUPLICATES, &why);
    if (!json)
        fail_msg("%s: no JSON: %s in %s", target, why.text, out.at);
    *ret_status = x->status;
    snprintf(ret_type, 80, "%s", x->type);
    ex_free(x);
    return json;
}

static int compare(struct fixture *f, const char *name, const struct recording *r,
                   const char *target)
{
    int status;
    char type[80];
    CLEANUP(jx_decrefp) json_t *ours = ask(f->s, r, target, &status, type);
    CLEANUP(freep) char *shape_ours = shape(ours);
    CLEANUP(freep) char *shape_theirs = shape(r->json);
    bool same =
        strcmp(shape_ours, shape_theirs) == 0 && status == r->status && str_eq(type, r->type);
    if (!same)
        print_error("%s %s\n  recorded %d %s %s\n  ours     %d %s %s\n", name, target, r->status,
                    r->type, shape_theirs, status, type, shape_ours);
    return same ? 0 : 1;
}

static int check(struct fixture *f, const char *name)
{
    CLEANUP(recording_done) struct recording r = read_recording(f, name);
    return compare(f, name, &r, r.target);
}

#define CHECK_ALL(f, ...)                                                                          \
    do {                                                                                           \
        static const char *const names[] = {__VA_ARGS__};                                          \
        int wrong = 0;                                                                             \
        for (size_t i = 0; i < COUNT(names); i++)                                                  \
            wrong += check((f), names[i]);                                                         \
        assert_int_equal(wrong, 0);                                                                \
    } while (0)

/* Posts what was posted then, waits, and compares the end of it. Whether a worker was quicker than
 * the answer differed from time to time. */
static int check_command(struct fixture *f, const char *name)
{
    char post[120], final[120], target[64];
    snprintf(post, sizeof post, "command.%s.post", name);
    snprintf(final, sizeof final, "command.%s.final", name);
    CLEANUP(recording_done) struct recording p = read_recording(f, post);
    sim_behave(f->s, "starts_at_once", str_eq(jx_str(p.json, "status"), "started"));
    int wrong = compare(f, post, &p, p.target), id = (int)f->s->commands.n;
    virtual_clock_advance(&f->clock, MINUTES(4));
    snprintf(target, sizeof target, "/api/v3/command/%d", id);
    CLEANUP(recording_done) struct recording r = read_recording(f, final);
    return wrong + compare(f, final, &r, target);
}

#define CHECK_COMMANDS(f, ...)                                                                     \
    do {                                                                                           \
        static const char *const names[] = {__VA_ARGS__};                                          \
        int wrong = 0;                                                                             \
        for (size_t i = 0; i < COUNT(names); i++)                                                  \
            wrong += check_command((f), names[i]);                                                 \
        assert_int_equal(wrong, 0);                                                                \
    } while (0)

/* ---- Sonarr 3.0.10 ---- */

/* Later recordings know two SDTV files: S01E01 and the special. */
static void add_files(struct fixture *f)
{
    sim_add_file(f->s, 2, 1, 0);
    sim_add_file(f->s, 1, 1, 0);
}

static void sonarr_without_files(void **state)
{
    (void)state;
    struct fixture *f = begin("sonarr-3.0.10", SIM_SONARR);
    CHECK_ALL(f, "episode.series1", "health", "queue", "queue.status", "series.0", "series.404",
              "episode.404", "command.badjson", "command.emptybody", "command.noname.post",
              "command.unknown.post");
    end(f);
}

static void sonarr_library(void **state)
{
    (void)state;
    struct fixture *f = begin("sonarr-3.0.10", SIM_SONARR);
    add_files(f);
    sim_add_tag(f->s, "splintarr search");
    CHECK_ALL(f, "system.status", "series", "series.1", "series.tvdbId", "episode.seriesId",
              "episode.2", "episode.episodeIds-bad", "episode.episodeIds-csv",
              "episode.episodeIds-repeat", "episode.seasonNumber", "episode.seriesId-missing",
              "episodefile", "episodefile.seriesId-missing", "qualityprofile", "rootfolder", "tag",
              "indexer", "queue.page-beyond", "calendar", "calendar.future");
    end(f);
}

static void sonarr_wanted(void **state)
{
    (void)state;
    struct fixture *f = begin("sonarr-3.0.10", SIM_SONARR);
    CHECK_ALL(f, "wanted.missing");
    add_files(f);
    CHECK_ALL(f, "wanted.missing.p1", "wanted.missing.p2", "wanted.missing.unmonitored",
              "wanted.cutoff");
    end(f);
}

static void sonarr_commands(void **state)
{
    (void)state;
    struct fixture *f = begin("sonarr-3.0.10", SIM_SONARR);
    CHECK_COMMANDS(f, "CutoffUnmetEpisodeSearch", "EpisodeSearch.bad-id", "EpisodeSearch.empty-ids",
                   "EpisodeSearch.no-ids", "EpisodeSearch.no-airdate", "EpisodeSearch.unmonitored",
                   "EpisodeSearch.special-lowercase", "EpisodeSearch.two-ids-last-count-only",
                   "EpisodeSearch.unaired", "EpisodeSearch.grabbed", "MissingEpisodeSearch",
                   "SeasonSearch", "SeriesSearch", "SeriesSearch.bad-id");
    sim_set_indexers(f->s, SIM_INDEXER_ERROR);
    CHECK_COMMANDS(f, "EpisodeSearch.indexer-500");
    sim_set_indexers(f->s, SIM_INDEXER_BLOCKED);
    CHECK_ALL(f, "health.after-check");
    CHECK_COMMANDS(f, "EpisodeSearch.all-indexers-blocked");
    end(f);
}

static void sonarr_history(void **state)
{
    (void)state;
    struct fixture *f = begin("sonarr-3.0.10", SIM_SONARR);
    sim_grab(f->s, (const int[]){2}, 1);
    CHECK_ALL(f, "history.after-grab", "history.eventType-int", "history.eventType-string",
              "history.page1", "history.since", "history.since-badate", "history.since-nodate",
              "history.series");
    end(f);
}

static void sonarr_cancel_and_restart(void **state)
{
    (void)state;
    struct fixture *f = begin("sonarr-3.0.10", SIM_SONARR);
    int done = sim_user_search(f->s, (const int[]){5}, 1);
    virtual_clock_advance(&f->clock, SECONDS(30));
    sim_advance(f->s);
    sim_behave(f->s, "never_ending_commands", true);
    for (int id = 1; id <= 4; id++)
        sim_user_search(f->s, &id, 1);
    virtual_clock_advance(&f->clock, SECONDS(5));
    sim_advance(f->s);
    int wrong = done != 1;
    static const struct {
        const char *name, *target;
    } steps[] = {{"command.DELETE.started", "/api/v3/command/2"},
                 {"command.DELETE.queued", "/api/v3/command/5"},
                 {"command.GET.after-cancel", "/api/v3/command/5"},
                 {"command.after-restart.56", "/api/v3/command/2"},
                 {"command.after-restart.5", "/api/v3/command/1"}};
    for (size_t i = 0; i < COUNT(steps); i++) {
        CLEANUP(recording_done) struct recording r = read_recording(f, steps[i].name);
        if (i == 3) {
            sim_restart(f->s, SECONDS(1));
            virtual_clock_advance(&f->clock, SECONDS(3));
        }
        wrong += compare(f, steps[i].name, &r, steps[i].target);
    }
    assert_int_equal(wrong, 0);
    end(f);
}

/* ---- Radarr 3.0.1 ---- */

static void radarr_library(void **state)
{
    (void)state;
    struct fixture *f = begin("radarr-3.0.1", SIM_RADARR);
    CHECK_ALL(f, "system.status", "health", "calendar", "movie.1", "movie.404", "movie.list",
              "movie.tmdbId", "qualityprofile", "indexer", "queue", "queue.details", "tag",
              "wanted.missing.404", "history.movie", "history.since");
    end(f);
}

/* The recorded grabs were of the first movie, at the profile's own quality. */
static void radarr_history(void **state)
{
    (void)state;
    struct fixture *f = begin("radarr-3.0.1", SIM_RADARR);
    sim_grab(f->s, (const int[]){1}, 1);
    CHECK_ALL(f, "history");
    end(f);
}

static void radarr_commands(void **state)
{
    (void)state;
    struct fixture *f = begin("radarr-3.0.1", SIM_RADARR);
    CHECK_COMMANDS(f, "CutOffUnmetMoviesSearch", "MissingMoviesSearch", "MoviesSearch.bad-id",
                   "MoviesSearch.empty", "MoviesSearch.grabbed",
                   "MoviesSearch.unreleased-unmonitored");
    end(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sonarr_without_files), cmocka_unit_test(sonarr_library),
        cmocka_unit_test(sonarr_wanted),        cmocka_unit_test(sonarr_commands),
        cmocka_unit_test(sonarr_history),       cmocka_unit_test(sonarr_cancel_and_restart),
        cmocka_unit_test(radarr_library),       cmocka_unit_test(radarr_history),
        cmocka_unit_test(radarr_commands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
