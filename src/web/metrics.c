/* web/metrics.c — /metrics: what the engine published, what the database says, what /proc says. */
#include "store/library.h"
#include "web/handlers.h"

enum { LIBRARY_KEPT = 10 * 60 * 1000 };

/* Counting a library walks all of it: done again when one was synced, or now and then, for items
 * become missing with the calendar. */
static bool library_refresh(struct web *w, struct store *store, struct err *e)
{
    struct library_kept *kept = &w->library;
    utc_t synced;
    ms_t now = loop_mono(w->loop);
    if (!library_last_synced(store, &synced, e))
        return false;
    if (kept->samples.arena && synced == kept->synced && now - kept->counted < LIBRARY_KEPT)
        return true;
    samples_done(&kept->samples);
    samples_init(&kept->samples);
    kept->synced = synced;
    kept->counted = now;
    return library_sample(&kept->samples, store, e);
}

static bool from_store(struct web *w, struct samples *s, struct err *e)
{
    struct store *store;
    if (!web_store(w, &store, e))
        return false;
    bool ok = library_refresh(w, store, e);
    samples_add_all(s, w->library.samples.list.at, w->library.samples.list.n);
    return store_sample(s, store, e) && ok;
}

/* A database that cannot be read leaves its metrics out: the others are what an alert needs. */
void web_metrics(struct web *w, const struct request *rq UNUSED, struct response *rs)
{
    CLEANUP(samples_done) struct samples s;
    struct err e;
    samples_init(&s);
    SAMPLE(&s, METRIC_BUILD_INFO, 1, w->setup->version);
    if (w->status)
        samples_add_all(&s, w->status->is.samples, w->status->is.n_samples);
    hooks_sample(&s, w);
    web_store_told(w, from_store(w, &s, &e), &e);
    process_sample(&s);
    rs->type = "text/plain; version=0.0.4; charset=utf-8";
    samples_write(&s, &rs->body);
}
