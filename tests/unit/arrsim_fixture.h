/* arrsim_fixture.h — one simulated world of servers, asked in process. Include after cmocka.h. */
#ifndef TESTS_ARRSIM_FIXTURE_H
#define TESTS_ARRSIM_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "arrsim/api.h"
#include "base/jx.h"

#define START 1795392000000 /* 2026-11-23T00:00:00Z */

struct fixture {
    struct virtual_clock clock;
    struct world *w;
    struct sim *tv, *old_tv, *film, *old_film;
};

static inline int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, START);
    f->w = world_new(&f->clock.clock, 7);
    f->tv = world_add(f->w, "tv", SIM_SONARR, SIM_MODERN);
    f->old_tv = world_add(f->w, "oldtv", SIM_SONARR, SIM_OLD);
    f->film = world_add(f->w, "film", SIM_RADARR, SIM_MODERN);
    f->old_film = world_add(f->w, "oldfilm", SIM_RADARR, SIM_OLD);
    *state = f;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *f = *state;
    world_free(f->w);
    mem_free(f);
    return 0;
}

struct answer {
    int status;
    char type[64], location[128], challenge[48];
    enum wire wire;
    json_t *json; /* NULL: no JSON */
    char text[400];
};

static inline void answer_done(struct answer *a)
{
    json_decref(a->json);
}

static inline struct answer ask_with(struct sim *s, const char *method, const char *target,
                                     const char *body, const char *key)
{
    struct ex *x = ex_new(s);
    x->method = method;
    x->api_key = key;
    x->body = body;
    x->n_body = strlen(body);
    x->content_type = "application/json";
    assert_true(ex_set_target(x, target));
    api_answer(x);
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, 1 << 26);
    while (api_next(x, &out))
        ;
    struct answer a = {.status = x->status, .wire = x->wire};
    snprintf(a.type, sizeof a.type, "%s", x->type ? x->type : "");
    snprintf(a.location, sizeof a.location, "%s", x->location ? x->location : "");
    snprintf(a.challenge, sizeof a.challenge, "%s", x->authenticate ? x->authenticate : "");
    snprintf(a.text, sizeof a.text, "%.399s", out.at);
    a.json = json_loadb(out.at, out.n, JSON_REJECT_DUPLICATES, NULL);
    ex_free(x);
    return a;
}

static inline struct answer ask(struct sim *s, const char *target)
{
    return ask_with(s, "GET", target, "", SIM_KEY);
}

static inline struct answer post(struct sim *s, const char *body)
{
    return ask_with(s, "POST", "/api/v3/command", body, SIM_KEY);
}

#define ANSWER CLEANUP(answer_done) struct answer

static inline json_int_t post_id(struct sim *s, const char *body)
{
    ANSWER a = post(s, body);
    assert_int_equal(a.status, 201);
    return jx_int(a.json, "id", 0);
}

/* `result` NULL: it has none. */
static inline void status_is(struct sim *s, json_int_t id, const char *status, const char *result)
{
    char target[64];
    snprintf(target, sizeof target, "/api/v3/command/%d", (int)id);
    ANSWER a = ask(s, target);
    assert_string_equal(jx_str(a.json, "status"), status);
    if (result)
        assert_string_equal(jx_str(a.json, "result"), result);
    else
        assert_null(jx_str(a.json, "result"));
}

/* Where its command is to be asked for. */
static inline json_int_t search_for(struct sim *s, int item, char target[64])
{
    char body[80];
    snprintf(body, sizeof body, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[%d]}", item);
    json_int_t id = post_id(s, body);
    snprintf(target, 64, "/api/v3/command/%d", (int)id);
    return id;
}

static inline void pass(struct fixture *f, ms_t by)
{
    virtual_clock_advance(&f->clock, by);
}

static inline int64_t wanted(struct sim *s)
{
    ANSWER a = ask(s, "/api/v3/wanted/missing?pageSize=1&sortKey=series.sortTitle");
    assert_int_equal(a.status, 200);
    return jx_int(a.json, "totalRecords", -1);
}

#endif
