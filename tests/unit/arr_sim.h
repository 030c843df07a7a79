/* unit/arr_sim.h — one simulated server and a client of it on a virtual clock, and what the
 * callbacks saw. The library is the one of the recordings (tests/arrsim/fill.c). */
#ifndef UNIT_ARR_SIM_H
#define UNIT_ARR_SIM_H

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

UNUSED static void open_server(struct fixture *f, enum app app, enum sim_profile profile,
                               const char *url)
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

UNUSED static int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, START);
    f->loop = loop_new_virtual(&f->clock);
    f->w = world_new(&f->clock.clock, 7);
    f->t = sim_transport_new(f->loop, f->w);
    *state = f;
    return 0;
}

UNUSED static int teardown(void **state)
{
    struct fixture *f = *state;
    arr_free(f->arr);
    sim_transport_free(f->t);
    loop_free(f->loop);
    world_free(f->w);
    mem_free(f);
    return 0;
}

UNUSED static void run(struct fixture *f)
{
    struct err e = {0};
    assert_true(loop_run(f->loop, &e));
}

/* ---- callbacks ---- */

UNUSED static void done(void *ctx, const struct arr_result *r)
{
    struct seen *s = ctx;
    s->n_done++;
    s->r = *r;
}
UNUSED static void probed(void *ctx, const struct arr_result *r, const struct arr_status *status)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->status = *status;
}
UNUSED static void counted(void *ctx, const struct arr_result *r, int64_t n)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->number = n;
}
UNUSED static void listed(void *ctx, const struct arr_result *r, const struct arr_downloads *d)
{
    counted(ctx, r, d->n_active);
}
UNUSED static void told(void *ctx, const struct arr_result *r, bool flag)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->flag = flag;
}
UNUSED static void commanded(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    struct seen *s = ctx;
    done(ctx, r);
    if (c)
        s->command = *c;
}
UNUSED static void healthy(void *ctx, const struct arr_result *r, const struct arr_health *h)
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

UNUSED static void on_item(void *ctx, const struct item *it)
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

UNUSED static void on_title(void *ctx, const struct title *t, const struct item *it)
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

UNUSED static void item_told(void *ctx, const struct arr_result *r, const struct item *it)
{
    done(ctx, r);
    if (it)
        on_item(ctx, it);
}

/* The one row that has this season and number. */
UNUSED static const struct item *episode(const struct seen *s, int season, int number)
{
    for (int i = 0; i < s->n_rows; i++)
        if (s->items[i].season == season && s->items[i].episode == number)
            return &s->items[i];
    fail_msg("no S%02dE%02d", season, number);
    return NULL;
}

UNUSED static utc_t utc(const char *text)
{
    utc_t t = 0;
    assert_true(utc_parse(text, &t));
    return t;
}

UNUSED static struct seen probe(struct fixture *f)
{
    struct seen s = {0};
    arr_probe(f->arr, probed, &s);
    run(f);
    assert_int_equal(s.n_done, 1);
    return s;
}

/* Into the caller's: rows point into the struct that holds them. */
UNUSED static void titles(struct fixture *f, struct seen *ret)
{
    *ret = (struct seen){0};
    arr_titles(f->arr, on_title, done, ret);
    run(f);
    assert_int_equal(ret->n_done, 1);
}

UNUSED static void episodes(struct fixture *f, struct seen *ret)
{
    struct seen all;
    titles(f, &all);
    assert_int_equal(all.n_rows, 1);
    *ret = (struct seen){0};
    arr_episodes(f->arr, &all.titles[0], on_item, done, ret);
    run(f);
    assert_int_equal(ret->n_done, 1);
}

UNUSED static void item(struct fixture *f, enum item_kind kind, int64_t id, struct seen *ret)
{
    *ret = (struct seen){0};
    arr_item(f->arr, kind, id, item_told, ret);
    run(f);
    assert_int_equal(ret->n_done, 1);
}

UNUSED static void assert_fine(const struct seen *s)
{
    assert_string_equal(s->r.err.msg, "");
    assert_int_equal(s->r.trouble, ARR_OK);
    assert_int_equal(s->n_done, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
