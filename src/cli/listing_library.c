/* cli/listing_library.c — series, movies, episodes and what is missing, by name, straight from the
 * state. */
#include <inttypes.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/listing.h"
#include "cli/standing_item.h"
#include "cli/stream.h"
#include "store/browse.h"

struct shown {
    struct stream *stream;
    const char *instance;
    utc_t now;
};

static enum app app_of(const struct resource *instance)
{
    return (enum app)((const struct instance *)instance->spec)->type;
}

/* ---- series ---- */

void put_series(json_t *o, const char *address, const struct title_summary *t)
{
    jx_put(o, "address", jx_string(address));
    jx_put(o, "title", jx_string(t->title));
    jx_put(o, "year", t->year ? json_integer(t->year) : json_null());
    jx_put(o, "status", jx_string(status_names[t->status]));
    jx_put(o, "type", jx_string(series_type_names[t->type]));
    jx_put(o, "monitored", json_boolean(t->is_monitored));
    jx_put(o, "quality_profile", jx_string(t->quality_profile));
    jx_put(o, "episodes", json_integer(t->items));
    jx_put(o, "with_file", json_integer(t->with_file));
    jx_put(o, "missing", json_integer(t->missing));
    jx_put(o, "read", jx_time(t->fetched));
}

static bool series_row(void *ctx, const struct title_summary *t)
{
    struct shown *x = ctx;
    struct stream *s = x->stream;
    if (!stream_wants(s))
        return false;
    CLEANUP(freep) char *address = mem_printf("series/%s/%" PRId64, x->instance, t->id);
    CLEANUP(freep)
    char *name = t->year ? mem_printf("%s (%d)", t->title, t->year) : mem_strdup(t->title);
    stream_cell(s, address);
    stream_cell(s, name);
    stream_cell(s, t->is_monitored ? status_names[t->status] : "unmonitored");
    stream_cell(s, t->quality_profile);
    stream_cell_int(s, t->items);
    stream_cell_int(s, t->with_file);
    stream_cell_int(s, t->missing);
    json_t *o = json_object();
    put_series(o, address, t);
    stream_add(s, address, o);
    return true;
}

static bool series_of(struct stream *s, const struct resource *instance, struct err *e)
{
    struct shown x = {.stream = s, .instance = instance->name};
    return app_of(instance) != APP_SONARR ||
           titles_each(s->view->store, instance->name, series_row, &x, e);
}

static int series(const struct view *v)
{
    static const char *const headings[] = {"ADDRESS",  "TITLE", "STATUS",  "PROFILE",
                                           "EPISODES", "FILES", "MISSING", NULL};
    CLEANUP(stream_done) struct stream s = {0};
    struct err e = {0};
    int status;
    if (!stream_begin(&s, v, headings, &status))
        return status;
    return stream_end(&s, stream_instances(&s, series_of, &e), &e);
}

/* ---- items ---- */

static json_t *row_json(const struct item *it, const struct item_memory *m, const char *address,
                        const char *label, const char *standing)
{
    json_t *o = json_object();
    jx_put(o, "address", jx_string(address));
    jx_put(o, "title", jx_string(label));
    jx_put(o, "state", jx_string(standing));
    jx_put(o, "monitored", json_boolean(it->is_monitored));
    jx_put(o, "quality_profile", jx_string(it->quality_profile));
    jx_put(o, "released", jx_time(item_released(it)));
    jx_put(o, "searched", jx_time(m->searched));
    jx_put(o, "outcome", m->last == VERDICT_NONE ? json_null() : jx_string(verdict_names[m->last]));
    return o;
}

static bool item_row(void *ctx, const struct item *it, const struct item_memory *m)
{
    struct shown *x = ctx;
    struct stream *s = x->stream;
    if (!stream_wants(s))
        return false;
    char label[ITEM_TITLE], address[ITEM_ADDRESS];
    const char *standing = item_standing(it, x->now);
    stream_cell(s, item_address(it, x->instance, address));
    stream_cell(s, item_label(it, label));
    stream_cell(s, standing);
    stream_cell_time(s, item_released(it));
    stream_cell_time(s, m->searched);
    stream_cell(s, m->last == VERDICT_NONE ? "" : verdict_names[m->last]);
    stream_add(s, address, row_json(it, m, address, label, standing));
    return true;
}

static bool missing_row(void *ctx, const struct item *it, const struct item_memory *m)
{
    const struct shown *x = ctx;
    return !item_is_missing(it, x->now) || item_row(ctx, it, m);
}

static bool list_items(struct stream *s, const struct resource *instance, enum item_kind kind,
                       bool (*row)(void *ctx, const struct item *it, const struct item_memory *m),
                       struct err *e)
{
    struct shown x = {
        .stream = s, .instance = instance->name, .now = clock_utc(s->view->cli->clock)};
    return items_each(s->view->store, instance->name, kind, row, &x, e);
}

static bool missing_of(struct stream *s, const struct resource *instance, struct err *e)
{
    enum item_kind kind = app_of(instance) == APP_SONARR ? ITEM_EPISODE : ITEM_MOVIE;
    return list_items(s, instance, kind, missing_row, e);
}

static bool episodes_of(struct stream *s, const struct resource *instance, struct err *e)
{
    return app_of(instance) != APP_SONARR || list_items(s, instance, ITEM_EPISODE, item_row, e);
}

static bool movies_of(struct stream *s, const struct resource *instance, struct err *e)
{
    return app_of(instance) != APP_RADARR || list_items(s, instance, ITEM_MOVIE, item_row, e);
}

static int items(const struct view *v,
                 bool (*list)(struct stream *s, const struct resource *instance, struct err *e))
{
    static const char *const headings[] = {"ADDRESS",       "TITLE",   "STATE", "RELEASED",
                                           "LAST SEARCHED", "OUTCOME", NULL};
    CLEANUP(stream_done) struct stream s = {0};
    struct err e = {0};
    int status;
    if (!stream_begin(&s, v, headings, &status))
        return status;
    return stream_end(&s, stream_instances(&s, list, &e), &e);
}

static int missing(const struct view *v)
{
    return items(v, missing_of);
}

static int episodes(const struct view *v)
{
    return items(v, episodes_of);
}

static int movies(const struct view *v)
{
    return items(v, movies_of);
}

const struct listing library_listings[] = {
    {"missing", missing}, {"series", series}, {"episodes", episodes}, {"movies", movies}, {0},
};
