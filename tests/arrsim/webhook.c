/* arrsim/webhook.c — what a server tells by itself ("Connect", contract section 7): the body as it
 * is sent, with eventType among the last members. Nothing is repeated; some things come twice. */
#include "arrsim/model.h"

#include "arrsim/jw.h"
#include "base/str.h"

enum { BODY_MAX = 1024 * 1024 };

void world_on_webhook(struct world *w, void (*sent)(void *ctx, struct sim *s, const char *body),
                      void *ctx)
{
    w->on_webhook = sent;
    w->webhook_ctx = ctx;
}

void sim_tell(struct sim *s, const char *body)
{
    if (s->world->on_webhook)
        s->world->on_webhook(s->world->webhook_ctx, s, body);
}

/* ---- parts ---- */

static void put_series(struct jw *j, const struct sim *s, const struct sim_title *t)
{
    static const char *const types[] = {"standard", "anime", "daily"};
    jw_object(j, "series");
    jw_int(j, "id", t->id);
    jw_str(j, "title", t->name);
    jw_opt(j, "path", t->path);
    jw_int(j, "tvdbId", t->external_id);
    jw_int(j, "tvMazeId", 0);
    jw_str(j, "type", types[t->type]);
    if (!is_old(s))
        jw_int(j, "year", t->year);
    jw_close(j);
}

static void put_movie(struct jw *j, const struct sim_title *t)
{
    jw_object(j, "movie");
    jw_int(j, "id", t->id);
    jw_str(j, "title", t->name);
    jw_int(j, "year", t->year);
    jw_opt(j, "folderPath", t->path);
    jw_int(j, "tmdbId", t->external_id);
    jw_close(j);
}

static void put_title(struct jw *j, const struct sim *s, int title)
{
    const struct sim_title *t = &s->titles.at[title - 1];
    if (s->app == SIM_SONARR)
        put_series(j, s, t);
    else
        put_movie(j, t);
}

static void put_episodes(struct jw *j, const struct sim *s, const int items[], size_t n)
{
    if (s->app != SIM_SONARR)
        return;
    jw_array(j, "episodes");
    for (size_t i = 0; i < n; i++) {
        const struct sim_item *it = &s->items.at[items[i] - 1];
        jw_object(j, NULL);
        jw_int(j, "id", it->id);
        jw_int(j, "episodeNumber", it->number);
        jw_int(j, "seasonNumber", it->season);
        jw_opt(j, "title", it->name);
        jw_time(j, "airDateUtc", it->air);
        jw_close(j);
    }
    jw_close(j);
}

static void put_release(struct jw *j, const struct download *d)
{
    jw_object(j, "release");
    jw_str(j, "releaseTitle", d->name);
    jw_str(j, "indexer", "Sim");
    jw_int(j, "size", d->size);
    jw_close(j);
    jw_str(j, "downloadClient", "Sim");
    if (d->id[0])
        jw_str(j, "downloadId", d->id);
}

/* ---- sending ---- */

struct letter {
    struct buf body;
    struct jw j;
};

static void begin(struct letter *l, const struct sim *s)
{
    buf_init(&l->body, BODY_MAX);
    l->j = (struct jw){.out = &l->body, .is_old = is_old(s)};
    jw_object(&l->j, NULL);
}

static void send(struct letter *l, struct sim *s, const char *type)
{
    struct world *w = s->world;
    jw_str(&l->j, "eventType", type);
    if (!is_old(s))
        jw_str(&l->j, "instanceName", s->app == SIM_SONARR ? "Sonarr" : "Radarr");
    jw_close_all(&l->j);
    bool is_lost = is_on(s, B_lost_webhooks) && s->n_webhooks++ % 2;
    if (w->on_webhook && is_on(s, B_webhooks) && !is_lost)
        w->on_webhook(w->webhook_ctx, s, l->body.at);
    buf_done(&l->body);
}

void webhook_grab(struct sim *s, const struct download *d)
{
    struct letter l;
    begin(&l, s);
    put_title(&l.j, s, d->title);
    put_episodes(&l.j, s, d->items.at, d->items.n);
    put_release(&l.j, d);
    send(&l, s, "Grab");
}

/* One file of a download; then, from new versions, all of it once more under the same name. */
void webhook_import(struct sim *s, const struct download *d, const int items[], size_t n,
                    bool is_complete)
{
    struct letter l;
    begin(&l, s);
    put_title(&l.j, s, d->title);
    put_episodes(&l.j, s, items, n);
    if (is_complete)
        jw_empty(&l.j, s->app == SIM_SONARR ? "episodeFiles" : "movieFiles");
    put_release(&l.j, d);
    if (!is_complete)
        jw_bool(&l.j, "isUpgrade", false);
    send(&l, s, "Download");
}

static void put_problem(struct jw *j, const struct download *d)
{
    jw_object(j, "downloadInfo");
    jw_str(j, "quality", quality_of(d->quality)->name);
    jw_int(j, "qualityVersion", 1);
    jw_str(j, "title", d->name);
    jw_int(j, "size", d->size);
    jw_close(j);
    jw_str(j, "downloadStatus", "Warning");
    jw_array(j, "downloadStatusMessages");
    jw_object(j, NULL);
    jw_str(j, "title", d->name);
    jw_array(j, "messages");
    jw_str(j, NULL, "No files found are eligible for import");
    jw_close(j);
    jw_close(j);
    jw_close(j);
}

void webhook_stuck(struct sim *s, const struct download *d)
{
    struct letter l;
    begin(&l, s);
    put_title(&l.j, s, d->title);
    put_episodes(&l.j, s, d->items.at, d->items.n);
    put_problem(&l.j, d);
    put_release(&l.j, d);
    send(&l, s, "ManualInteractionRequired");
}

void webhook_deleted(struct sim *s, int item, const char *reason)
{
    struct letter l;
    int title = s->items.at[item - 1].title;
    begin(&l, s);
    put_title(&l.j, s, title);
    put_episodes(&l.j, s, &item, 1);
    jw_object(&l.j, s->app == SIM_SONARR ? "episodeFile" : "movieFile");
    jw_close(&l.j);
    jw_str(&l.j, "deleteReason", reason);
    send(&l, s, s->app == SIM_SONARR ? "EpisodeFileDelete" : "MovieFileDelete");
}

void webhook_title(struct sim *s, int title, const char *type)
{
    struct letter l;
    begin(&l, s);
    put_title(&l.j, s, title);
    send(&l, s, type);
}

void webhook_health(struct sim *s, bool is_restored)
{
    struct letter l;
    begin(&l, s);
    jw_str(&l.j, "level", "error");
    jw_str(&l.j, "message", "All search-capable indexers are temporarily unavailable");
    jw_str(&l.j, "type", "IndexerStatusCheck");
    send(&l, s, is_restored ? "HealthRestored" : "Health");
}
