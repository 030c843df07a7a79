/* arr_recordings.h — a server that answers with what real ones were recorded to say, and callbacks
 * that note what they were told. Include after cmocka.h. */
#ifndef TESTS_ARR_RECORDINGS_H
#define TESTS_ARR_RECORDINGS_H

#include "arr/arr.h"
#include "base/file.h"
#include "unit/arr_stub.h"

struct fixture {
    struct virtual_clock clock;
    struct loop *loop;
    struct stub stub; /* ctx of its answers: the fixture */
    struct arr *arr;
    const char *dir;
    const char *files[2]; /* names of what is answered, in order */
    char *head, *body;
};

struct seen {
    int n_done, n_rows;
    struct arr_result r;
    struct arr_status status;
    struct arr_command command;
    struct arr_health health;
    struct item items[8];
    struct title title;
    char text[8][120];
    int64_t number;
};

static inline char *read_whole(struct fixture *f, const char *name, const char *ext)
{
    char path[200];
    struct err e = {0};
    CLEANUP(buf_done) struct buf b = {0};

    snprintf(path, sizeof path, "tests/recordings/%s/%s.%s", f->dir, name, ext);
    assert_true(file_read(path, 1024 * 1024, &b, &e));
    return mem_strdup(b.at);
}

static inline void recorded(struct stub *s, const struct http_request *r, struct http_reply *ret)
{
    struct fixture *f = (struct fixture *)((char *)s - offsetof(struct fixture, stub));
    const char *name = f->files[s->n_requests - 1];
    assert_non_null(name);
    (void)r;
    mem_free(f->head);
    mem_free(f->body);
    f->head = read_whole(f, name, "http");
    f->body = read_whole(f, name, "json");
    const char *status = strstr(f->head, "\nHTTP/1.1 "), *date = strstr(f->head, "\nDate: ");
    assert_non_null(status);
    assert_non_null(strstr(f->head, "application/json"));
    assert_int_equal(sscanf(status, "\nHTTP/1.1 %d", &ret->status), 1);
    char text[40] = "";
    if (date)
        snprintf(text, sizeof text, "%.29s", date + 7);
    if (!utc_parse_http(text, &ret->date))
        ret->date = 0;
    ret->body = f->body;
}

static inline struct fixture *begin(const char *dir, enum app app, const char *first,
                                    const char *second)
{
    struct fixture *f = NEW(struct fixture);
    struct secret key = {0};
    virtual_clock_init(&f->clock, 1795402835000); /* 2026-11-23T03:00:35Z: when they were made */
    f->loop = loop_new_virtual(&f->clock);
    stub_init(&f->stub, f->loop);
    f->stub.answer = recorded;
    f->dir = dir;
    f->files[0] = first;
    f->files[1] = second;
    secret_set(&key, "k", 1);
    f->arr = arr_new(&(struct arr_setup){.instance = "lab",
                                         .app = app,
                                         .url = "http://lab:8989",
                                         .key = &key,
                                         .timeout = SECONDS(30),
                                         .max_requests = 50,
                                         .loop = f->loop,
                                         .transport = &f->stub.transport});
    secret_done(&key);
    return f;
}

#define SONARR(...) begin("sonarr-3.0.10", APP_SONARR, __VA_ARGS__)
#define RADARR(...) begin("radarr-3.0.1", APP_RADARR, __VA_ARGS__)

/* Runs what was asked, checks the last URL, and ends the fixture. */
static inline void finish(struct fixture *f, const struct seen *s, const char *url)
{
    struct err e = {0};
    assert_true(loop_run(f->loop, &e));
    assert_int_equal(s->n_done, 1);
    assert_string_equal(f->stub.url, url);
    assert_string_equal(f->stub.key, "X-Api-Key: k");
    arr_free(f->arr);
    loop_free(f->loop);
    mem_free(f->head);
    mem_free(f->body);
    mem_free(f);
}

static inline utc_t utc(const char *text)
{
    utc_t t = 0;
    assert_true(utc_parse(text, &t));
    return t;
}

/* ---- callbacks ---- */

static inline void done(void *ctx, const struct arr_result *r)
{
    struct seen *s = ctx;
    s->n_done++;
    s->r = *r;
}
static inline void probed(void *ctx, const struct arr_result *r, const struct arr_status *status)
{
    done(ctx, r);
    ((struct seen *)ctx)->status = *status;
}
static inline void commanded(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    done(ctx, r);
    if (c)
        ((struct seen *)ctx)->command = *c;
}
static inline void healthy(void *ctx, const struct arr_result *r, const struct arr_health *h)
{
    done(ctx, r);
    ((struct seen *)ctx)->health = *h;
}
static inline void counted(void *ctx, const struct arr_result *r, int64_t n)
{
    done(ctx, r);
    ((struct seen *)ctx)->number = n;
}
static inline void on_title(void *ctx, const struct title *t, const struct item *it)
{
    struct seen *s = ctx;
    s->title = *t;
    snprintf(s->text[s->n_rows], sizeof s->text[0], "%s|%s|%s%s", t->title, t->sort_title,
             t->imdb_id, t->genres);
    if (it)
        s->items[s->n_rows] = *it;
    s->n_rows++;
}
static inline void on_item(void *ctx, const struct item *it)
{
    struct seen *s = ctx;
    s->items[s->n_rows] = *it;
    snprintf(s->text[s->n_rows], sizeof s->text[0], "%s|%s", it->title, it->episode_title);
    s->n_rows++;
}
static inline void item_told(void *ctx, const struct arr_result *r, const struct item *it)
{
    done(ctx, r);
    if (it)
        on_item(ctx, it);
}
static inline void on_history(void *ctx, const struct arr_history *row)
{
    struct seen *s = ctx;
    if (s->n_rows++ == 0)
        snprintf(s->text[0], sizeof s->text[0], "%lld|%lld|%d|%s|%s|%s", (long long)row->item_id,
                 (long long)row->title_id, row->type, row->download_id, row->source_title,
                 row->release_source);
    if (s->number == 0)
        s->number = row->date;
}

#endif
