/* bench/genserver.c — generated answers in the shape and size of Sonarr 4's and Radarr 6's. */
#include "bench/genserver.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"

enum { CHUNK = 16 * 1024, FILLER = 18 };

struct generator {
    struct transport transport;
    struct loop *loop;
    struct genserver_setup setup;
    struct genserver_counts counts;
};

/* One answer under way: element `at` of `n` goes out next. */
struct http_call {
    struct generator *g;
    struct http_request request; /* only the callbacks and ctx */
    void (*element)(const struct genserver_setup *s, int i, struct buf *out);
    const char *whole; /* instead of elements */
    int at, n, base;
    bool has_begun, is_over;
    struct buf out;
    struct timer *timer;
};

long rss_anon_kib(void)
{
    char line[128];
    long kib = 0;
    FILE *f = fopen("/proc/self/status", "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "RssAnon: %ld", &kib) == 1)
            break;
    if (f)
        fclose(f);
    return kib;
}

/* ---- elements ---- */

static void filler(struct buf *out)
{
    for (int i = 0; i < FILLER; i++)
        buf_printf(out,
                   "    {\n      \"coverType\": \"poster\",\n      \"url\": "
                   "\"/MediaCover/%d/poster.jpg?lastWrite=6384756%d\",\n"
                   "      \"remoteUrl\": "
                   "\"https://artworks.example/banners/v4/series/%d/posters/60f1b2c3d4e5f.jpg\"\n  "
                   "  }%s\n",
                   i, i, i, i + 1 < FILLER ? "," : "");
}

static void series(const struct genserver_setup *s, int i, struct buf *out)
{
    buf_printf(out,
               "  {\n    \"title\": \"Series %d\",\n    \"sortTitle\": \"series %d\",\n    "
               "\"status\": \"ended\",\n    \"ended\": true,\n"
               "    \"overview\": \"A {curly} story, \\\"quoted\\\", told over and over again so "
               "that this text has a length that "
               "is usual for an overview of a series, which is about two hundred and fifty "
               "characters in all.\",\n    \"images\": [\n",
               i, i);
    filler(out);
    buf_printf(out,
               "    ],\n    \"seasons\": [{\"seasonNumber\": 1, \"monitored\": true, "
               "\"statistics\": {\"episodeFileCount\": 10, "
               "\"episodeCount\": %d, \"totalEpisodeCount\": %d, \"sizeOnDisk\": 1, "
               "\"percentOfEpisodes\": 40.0}}],\n"
               "    \"year\": 2015,\n    \"path\": \"/tv/Series %d\",\n    \"qualityProfileId\": "
               "1,\n    \"monitored\": true,\n"
               "    \"runtime\": 45,\n    \"tvdbId\": %d,\n    \"seriesType\": \"standard\",\n    "
               "\"imdbId\": \"tt%07d\",\n    \"genres\": [\"Drama\"],\n"
               "    \"tags\": [1],\n    \"added\": \"2020-01-01T00:00:00Z\",\n    \"statistics\": "
               "{\"seasonCount\": 1, \"episodeFileCount\": %d, "
               "\"episodeCount\": %d, \"totalEpisodeCount\": %d, \"sizeOnDisk\": 1, "
               "\"percentOfEpisodes\": 40.0},\n    \"id\": %d\n  }",
               s->n_each, s->n_each, i, 100000 + i, i, i <= s->n_changed ? 9 : 10, s->n_each,
               s->n_each, i);
}

static void episode(const struct genserver_setup *s, int i, struct buf *out)
{
    int series_id = i / s->n_each + 1, number = i % s->n_each + 1;
    buf_printf(out,
               "  {\n    \"seriesId\": %d,\n    \"tvdbId\": %d,\n    \"episodeFileId\": %d,\n    "
               "\"seasonNumber\": 1,\n    \"episodeNumber\": %d,\n"
               "    \"title\": \"Episode %d\",\n    \"airDate\": \"2015-0%d-1%d\",\n    "
               "\"airDateUtc\": \"2015-0%d-1%dT20:00:00Z\",\n"
               "    \"runtime\": 45,\n    \"hasFile\": %s,\n    \"monitored\": true,\n    "
               "\"unverifiedSceneNumbering\": false,\n    \"id\": %d\n  }",
               series_id, 5000000 + i, number <= 10 ? i + 1 : 0, number, number, 1 + number % 9,
               number % 10, 1 + number % 9, number % 10, number <= 10 ? "true" : "false", i + 1);
}

static void file(const struct genserver_setup *s, int i, struct buf *out)
{
    buf_printf(
        out,
        "  {\n    \"seriesId\": %d,\n    \"seasonNumber\": 1,\n    \"path\": \"/tv/x.mkv\",\n    "
        "\"size\": 1000,\n"
        "    \"qualityCutoffNotMet\": false,\n    \"customFormatScore\": 0,\n    \"id\": %d\n  }",
        i / s->n_each + 1, i + 1);
}

static void movie(const struct genserver_setup *s, int i, struct buf *out)
{
    (void)s;
    buf_printf(out,
               "  {\n    \"title\": \"Movie %d\",\n    \"originalTitle\": \"Movie %d\",\n    "
               "\"sortTitle\": \"movie %d\",\n    \"status\": \"released\",\n"
               "    \"overview\": \"What happens in it, in about as many words as such a text "
               "usually has when somebody wrote it.\",\n"
               "    \"inCinemas\": \"2015-01-01T00:00:00Z\",\n    \"digitalRelease\": "
               "\"2015-06-01T00:00:00Z\",\n    \"images\": [\n",
               i, i, i);
    filler(out);
    buf_printf(out,
               "    ],\n    \"year\": 2015,\n    \"path\": \"/movies/%d\",\n    "
               "\"qualityProfileId\": 1,\n    \"hasFile\": %s,\n    \"movieFileId\": 0,\n"
               "    \"monitored\": true,\n    \"minimumAvailability\": \"released\",\n    "
               "\"isAvailable\": true,\n    \"runtime\": 100,\n"
               "    \"imdbId\": \"tt%07d\",\n    \"tmdbId\": %d,\n    \"genres\": [\"Drama\"],\n   "
               " \"tags\": [],\n    \"added\": \"2020-01-01T00:00:00Z\",\n    \"id\": %d\n  }",
               i, i % 3 ? "true" : "false", i, 100000 + i, i);
}

/* What the episodes and movies above say: fifteen of 25 have no file, every third movie. */
static void wanted(const struct genserver_setup *s, int i, struct buf *out)
{
    (void)i;
    int total = s->app == APP_SONARR ? s->n_titles * MAX(s->n_each - 10, 0) : s->n_titles / 3;
    buf_printf(out, "{\"page\": 1, \"pageSize\": 1, \"totalRecords\": %d, \"records\": []}", total);
}

/* ---- routes ---- */

static const struct {
    const char *path;
    enum app app;
    void (*element)(const struct genserver_setup *s, int i, struct buf *out);
    const char *whole;
} routes[] = {
    {"/api/v3/system/status", APP_SONARR, NULL,
     "{\"appName\": \"Sonarr\", \"version\": \"4.0.19.2979\", \"startTime\": "
     "\"2026-11-01T00:00:00Z\"}"},
    {"/api/v3/system/status", APP_RADARR, NULL,
     "{\"appName\": \"Radarr\", \"version\": \"6.1.0.10360\", \"startTime\": "
     "\"2026-11-01T00:00:00Z\"}"},
    {"/api/v3/qualityprofile", APP_N, NULL,
     "[{\"name\": \"HD\", \"upgradeAllowed\": true, \"cutoff\": 4, \"items\": [], "
     "\"cutoffFormatScore\": 0, \"id\": 1}]"},
    {"/api/v3/tag", APP_N, NULL, "[{\"label\": \"kids\", \"id\": 1}]"},
    {"/api/v3/health", APP_N, NULL, "[]"},
    {"/api/v3/queue", APP_N, NULL,
     "{\"page\": 1, \"pageSize\": 10, \"totalRecords\": 0, \"records\": []}"},
    {"/api/v3/wanted/missing", APP_N, wanted, NULL},
    {"/api/v3/series", APP_SONARR, series, NULL},
    {"/api/v3/movie", APP_RADARR, movie, NULL},
    {"/api/v3/episodefile", APP_SONARR, file, NULL},
    {"/api/v3/episode", APP_SONARR, episode, NULL},
};

static void choose(struct http_call *c, const char *url)
{
    const struct genserver_setup *s = &c->g->setup;
    const char *path = strstr(url, "/api/v3"), *id = strstr(url, "seriesId=");
    size_t n = path ? strcspn(path, "?") : 0;
    for (size_t i = 0; i < COUNT(routes); i++) {
        bool is_app = routes[i].app == APP_N || routes[i].app == s->app;
        if (!path || !is_app || strlen(routes[i].path) != n ||
            strncmp(routes[i].path, path, n) != 0)
            continue;
        c->element = routes[i].element;
        c->whole = routes[i].whole;
        break;
    }
    c->base = id ? (int)(strtol(id + 9, NULL, 10) - 1) * s->n_each : 0;
    c->n = c->element == file ? MIN(10, s->n_each) : id ? s->n_each : s->n_titles;
}

/* ---- sending ---- */

static void fill_chunk(struct http_call *c)
{
    buf_clear(&c->out);
    if (c->whole || !c->element) {
        buf_puts(&c->out, c->whole ? c->whole : "[]");
        c->is_over = true;
        return;
    }
    if (c->element == wanted) {
        wanted(&c->g->setup, 0, &c->out);
        c->is_over = true;
        return;
    }
    if (!c->has_begun)
        buf_puts(&c->out, "[\n");
    c->has_begun = true;
    for (; c->at < c->n && c->out.n < CHUNK; c->at++) {
        buf_puts(&c->out, c->at ? ",\n" : "");
        int first = c->element == series || c->element == movie ? 1 : 0;
        c->element(&c->g->setup, c->base + c->at + first, &c->out);
    }
    c->is_over = c->at == c->n;
    if (c->is_over)
        buf_puts(&c->out, "\n]");
}

static void call_free(struct http_call *c)
{
    timer_stop(c->timer);
    buf_done(&c->out);
    mem_free(c);
}

static void send_next(void *ctx)
{
    struct http_call *c = ctx;
    struct generator *g = c->g;
    c->timer = NULL;
    fill_chunk(c);
    g->counts.bytes += c->out.n;
    bool is_wanted =
        !c->request.on_chunk || c->request.on_chunk(c->request.ctx, c->out.at, c->out.n);
    g->counts.peak_anon_kib = MAX(g->counts.peak_anon_kib, rss_anon_kib());
    if (is_wanted && !c->is_over) {
        c->timer = loop_after(g->loop, 0, send_next, c);
        return;
    }
    struct http_reply reply = {.end = is_wanted ? HTTP_ANSWERED : HTTP_STOPPED,
                               .status = 200,
                               .content_type = "application/json",
                               .location = "",
                               .version = "",
                               .date = loop_utc(g->loop),
                               .problem = "stopped",
                               .body = c->request.on_chunk ? "" : c->out.at,
                               .n_body = c->request.on_chunk ? 0 : c->out.n};
    c->request.on_done(c->request.ctx, &reply);
    call_free(c);
}

static struct http_call *start(struct transport *t, const struct http_request *request)
{
    struct generator *g = (struct generator *)(void *)t;
    struct http_call *c = NEW(struct http_call);
    c->g = g;
    c->request = *request;
    buf_init(&c->out, 16 * CHUNK * 64);
    choose(c, request->url);
    g->counts.requests++;
    c->timer = loop_after(g->loop, 1, send_next, c);
    return c;
}

static void cancel(struct transport *t, struct http_call *call)
{
    (void)t;
    call_free(call);
}

struct transport *genserver_new(struct loop *loop, const struct genserver_setup *setup)
{
    struct generator *g = NEW(struct generator);
    g->transport = (struct transport){.start = start, .cancel = cancel};
    g->loop = loop;
    g->setup = *setup;
    return &g->transport;
}

struct transport *genserver_free(struct transport *t)
{
    mem_free(t);
    return NULL;
}

const struct genserver_counts *genserver_counts(const struct transport *t)
{
    return &((const struct generator *)(const void *)t)->counts;
}

void genserver_change(struct transport *t, int n)
{
    ((struct generator *)(void *)t)->setup.n_changed = n;
}

void genserver_dump(const struct genserver_setup *setup, int fd)
{
    struct generator g = {.setup = *setup};
    struct http_call c = {.g = &g};
    buf_init(&c.out, 16 * CHUNK * 64);
    choose(&c, setup->app == APP_SONARR ? "/api/v3/series" : "/api/v3/movie");
    while (!c.is_over) {
        fill_chunk(&c);
        ssize_t n = write(fd, c.out.at, c.out.n);
        if (n != (ssize_t)c.out.n)
            abort();
    }
    buf_done(&c.out);
}
