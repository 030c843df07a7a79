/* engine/source.c — from hints to whole readings. */
#include "engine/source.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "loop/dirwatch.h"

/* Waiting for quiet ends after DIRTY_S; bytes are read anew after STALE_MINUTES though nothing
 * seems to have changed; somebody should know after BUSY_S. */
enum { DIRTY_S = 10, STALE_MINUTES = 10, BUSY_S = 120 };

struct tree_source {
    struct source_setup setup;
    struct dirwatch *dirs; /* NULL: polling only */
    size_t n_unwatched;
    ms_t poll_interval, debounce;
    VEC(char *) extra;
    struct timer *poll, *quiet;
    ms_t dirty_since; /* monotonic; while `quiet` is armed */
    bool is_reading, is_stopped;
    char known[SHA256_HEX]; /* signature of the tree handed over last */
    char digest[72];        /* of that tree */
    char candidate[72];     /* digest of a reading that waits for an equal one */
    ms_t read_at;           /* monotonic */
    utc_t busy_since;       /* 0: not busy */
    bool is_busy_told;
};

static void look_now(struct tree_source *s, bool is_forced);

/* ---- hints and timers ---- */

static void poll_due(void *ctx)
{
    struct tree_source *s = ctx;
    s->poll = NULL;
    look_now(s, loop_mono(s->setup.loop) - s->read_at >= MINUTES(STALE_MINUTES));
}

static void arm_poll(struct tree_source *s)
{
    timer_stop(s->poll);
    s->poll = loop_after(s->setup.loop, s->poll_interval, poll_due, s);
}

static void quiet_due(void *ctx)
{
    struct tree_source *s = ctx;
    s->quiet = NULL;
    look_now(s, true);
}

static void wait_for_quiet(struct tree_source *s)
{
    ms_t now = loop_mono(s->setup.loop);
    if (!s->quiet)
        s->dirty_since = now;
    ms_t latest = s->dirty_since + SECONDS(DIRTY_S) - now;
    timer_stop(s->quiet);
    s->quiet = loop_after(s->setup.loop, MAX(MIN(s->debounce, latest), 0), quiet_due, s);
}

static void on_change(void *ctx)
{
    wait_for_quiet(ctx);
}

void source_look(struct tree_source *s)
{
    s->known[0] = '\0';
    wait_for_quiet(s);
}

/* ---- what a reading brought ---- */

static void set_places(struct dirwatch *w, const struct outlook_dirs *dirs, size_t *ret_missed)
{
    VEC(struct dirwatch_place) places = {0};
    for (size_t i = 0; i < dirs->n; i++)
        vec_push(&places,
                 (struct dirwatch_place){.path = dirs->at[i].path, .name = dirs->at[i].name});
    dirwatch_set(w, places.at, places.n, ret_missed);
    vec_done(&places);
}

static void watch_dirs(struct tree_source *s, const struct reading *r)
{
    size_t n_missed = 0;
    if (!s->dirs)
        return;
    set_places(s->dirs, &r->outlook.dirs, &n_missed);
    if (n_missed && !s->n_unwatched)
        log_warning("source_unwatched", KV("directories", (int64_t)n_missed),
                    KV("remedy", "polling finds changes there; raise fs.inotify.max_user_watches"));
    s->n_unwatched = n_missed;
}

static void note_busy(struct tree_source *s, const struct reading *r)
{
    utc_t now = loop_utc(s->setup.loop);
    if (!s->busy_since)
        s->busy_since = now;
    if (!s->is_busy_told && now - s->busy_since >= SECONDS(BUSY_S)) {
        s->is_busy_told = true;
        s->setup.on_busy(s->setup.ctx, *r->busy ? r->busy : "files keep changing", s->busy_since);
    }
    wait_for_quiet(s);
}

/* Without a repository nothing says that a change is complete: the next reading must be equal. */
static bool is_settled(struct tree_source *s, const struct reading *r)
{
    const char *digest = r->tree.digest;
    if (r->has_git || str_eq(digest, s->digest) || str_eq(digest, s->candidate))
        return true;
    snprintf(s->candidate, sizeof s->candidate, "%s", digest);
    return false;
}

static void hand_over(struct tree_source *s, struct reading *r)
{
    s->busy_since = 0;
    s->is_busy_told = false;
    s->candidate[0] = '\0';
    s->read_at = loop_mono(s->setup.loop);
    snprintf(s->known, sizeof s->known, "%s", r->outlook.signature);
    snprintf(s->digest, sizeof s->digest, "%s", r->tree.digest);
    s->setup.on_read(s->setup.ctx, r);
}

static void read_over(void *ctx, struct reading *r)
{
    struct tree_source *s = ctx;
    if (s->is_stopped) {
        reading_free(r);
        return;
    }
    s->is_reading = false;
    watch_dirs(s, r);
    arm_poll(s);
    switch (r->result) {
    case READING_SAME: break;
    case READING_MISSING: hand_over(s, r); return;
    case READING_BUSY: note_busy(s, r); break;
    case READING_DONE:
        if (is_settled(s, r)) {
            hand_over(s, r);
            return;
        }
        wait_for_quiet(s);
        break;
    }
    reading_free(r);
}

static void look_now(struct tree_source *s, bool is_forced)
{
    if (s->is_reading) {
        wait_for_quiet(s);
        return;
    }
    struct reading *r = reading_new(s->setup.root, loop_utc(s->setup.loop));
    for (size_t i = 0; i < s->extra.n; i++)
        vec_push(&r->extra, mem_strdup(s->extra.at[i]));
    if (!is_forced)
        snprintf(r->known, sizeof r->known, "%s", s->known);
    s->is_reading = reading_begin(r, s->setup.worker, read_over, s);
    if (!s->is_reading) {
        reading_free(r);
        arm_poll(s);
    }
}

/* ---- its life ---- */

struct tree_source *source_new(const struct source_setup *setup)
{
    struct tree_source *s = NEW(struct tree_source);
    struct err e = {0};
    *s = (struct tree_source){.setup = *setup, .poll_interval = MINUTES(1), .debounce = SECONDS(1)};
    s->dirs = dirwatch_new(setup->loop, on_change, s, &e);
    if (!s->dirs)
        log_warning("source_unwatched", KV("error", e.msg), KV("remedy", "changes are polled"));
    return s;
}

void source_stop(struct tree_source *s)
{
    s->is_stopped = true;
    s->poll = timer_stop(s->poll);
    s->quiet = timer_stop(s->quiet);
}

static void forget_extra(struct tree_source *s)
{
    for (size_t i = 0; i < s->extra.n; i++)
        mem_free(s->extra.at[i]);
    vec_done(&s->extra);
}

struct tree_source *source_free(struct tree_source *s)
{
    if (!s)
        return NULL;
    timer_stop(s->poll);
    timer_stop(s->quiet);
    dirwatch_free(s->dirs);
    forget_extra(s);
    mem_free(s);
    return NULL;
}

void source_pace(struct tree_source *s, ms_t poll_interval, ms_t debounce)
{
    s->poll_interval = poll_interval;
    s->debounce = debounce;
}

static bool is_extra(const struct tree_source *s, const char *const *paths, size_t n)
{
    bool is_same = n == s->extra.n;
    for (size_t i = 0; is_same && i < n; i++)
        is_same = str_eq(paths[i], s->extra.at[i]);
    return is_same;
}

void source_extra(struct tree_source *s, const char *const *paths, size_t n)
{
    if (is_extra(s, paths, n))
        return;
    forget_extra(s);
    for (size_t i = 0; i < n; i++)
        vec_push(&s->extra, mem_strdup(paths[i]));
    wait_for_quiet(s); /* the next look sets their watches */
}

void source_start(struct tree_source *s)
{
    look_now(s, true);
}
