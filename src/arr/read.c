/* arr/read.c — JSON to plain data, and the fingerprint of a title. */
#include "arr/read.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"

enum { TEXT_MAX = 64 * 1024, MINUTES_MAX = 100000, FINGERPRINT_BYTES = 8 };

const char *read_str(const json_t *o, const char *key)
{
    const char *s = jx_str(o, key);
    return s ? s : "";
}

int read_int(const json_t *o, const char *key)
{
    int64_t n = jx_int(o, key, 0);
    return n < INT_MIN || n > INT_MAX ? 0 : (int)n;
}

bool read_is_replaced(const char *reason)
{
    return str_case_eq(reason, "upgrade") || str_case_eq(reason, "manualOverride");
}

ms_t read_minutes(const json_t *o, const char *key)
{
    int64_t n = jx_int(o, key, 0);
    return n < 0 || n > MINUTES_MAX ? 0 : MINUTES(n);
}

const char *read_ids(struct arena *m, const json_t *o, const char *key)
{
    CLEANUP(buf_done) struct buf b = {0};
    buf_init(&b, TEXT_MAX);
    size_t i;
    json_t *id;
    json_array_foreach(json_object_get(o, key), i, id) if (json_is_integer(id))
        buf_printf(&b, "%s%lld ", b.n ? "" : " ", (long long)json_integer_value(id));
    return b.n ? arena_strdup(m, b.at) : "";
}

const char *read_words(struct arena *m, const json_t *o, const char *key)
{
    CLEANUP(buf_done) struct buf b = {0};
    buf_init(&b, TEXT_MAX);
    size_t i;
    json_t *word;
    json_array_foreach(json_object_get(o, key), i, word) if (json_string_length(word))
        buf_printf(&b, "%s%s|", b.n ? "" : "|", json_string_value(word));
    return b.n ? arena_strdup(m, b.at) : "";
}

static enum status read_status(const json_t *o)
{
    const char *text = read_str(o, "status");
    int found = name_find(status_names, STATUS_N, text);
    if (strcmp(text, "inCinemas") == 0)
        return STATUS_IN_CINEMAS;
    return found < 0 ? STATUS_TBA : (enum status)found;
}

/* ---- the fingerprint ---- */

void read_fingerprint(const json_t *o, char ret[static 17])
{
    CLEANUP(freep) char *text = jx_canonical(o);
    uint8_t sum[SHA256_BYTES];
    hash_sha256(text, strlen(text), sum);
    hash_hex(sum, FINGERPRINT_BYTES, ret);
}

static void add_seasons(json_t *to, const json_t *seasons)
{
    json_t *kept = json_array();
    size_t i;
    json_t *season;
    json_array_foreach(seasons, i, season)
    {
        jx_push(kept, json_integer(jx_int(season, "seasonNumber", 0)));
        jx_push(kept, json_boolean(jx_bool(season, "monitored", false)));
    }
    jx_put(to, "seasons", kept);
}

/* Over what changes an item of the title: its files, monitoring, dates, and what items borrow. */
static void fingerprint(const json_t *o, char ret[static 17])
{
    static const char *const members[] = {
        "statistics",      "tags",        "qualityProfileId", "path",       "status",
        "monitored",       "title",       "genres",           "seriesType", "runtime",
        "movieFile",       "isAvailable", "inCinemas",        "year",       "digitalRelease",
        "physicalRelease", "hasFile",     "lastSearchTime",   "nextAiring",
    };
    CLEANUP(jx_decrefp) json_t *kept = json_object();
    for (size_t i = 0; i < COUNT(members); i++)
        if (json_object_get(o, members[i]))
            jx_put(kept, members[i], json_incref(json_object_get(o, members[i])));
    add_seasons(kept, json_object_get(o, "seasons"));
    read_fingerprint(kept, ret);
}

/* ---- titles and items ---- */

void read_title_common(struct arena *m, const json_t *o, struct title *ret)
{
    *ret = (struct title){
        .id = jx_int(o, "id", 0),
        .tvdb_id = jx_int(o, "tvdbId", 0),
        .tmdb_id = jx_int(o, "tmdbId", 0),
        .imdb_id = read_str(o, "imdbId"),
        .title = read_str(o, "title"),
        .sort_title = read_str(o, "sortTitle"),
        .year = read_int(o, "year"),
        .status = read_status(o),
        .is_monitored = jx_bool(o, "monitored", false),
        .quality_profile_id = jx_int(o, "qualityProfileId", 0),
        .tags = read_ids(m, o, "tags"),
        .genres = read_words(m, o, "genres"),
        .runtime = read_minutes(o, "runtime"),
        .added = jx_utc(o, "added"),
    };
    fingerprint(o, ret->fingerprint);
}

void read_score(const json_t *file, struct item *ret)
{
    ret->has_format_score = json_is_integer(json_object_get(file, "customFormatScore"));
    ret->format_score = read_int(file, "customFormatScore");
}

void read_item_common(const json_t *o, const struct title *t, struct item *ret)
{
    *ret = (struct item){
        .id = jx_int(o, "id", 0),
        .title_id = t->id,
        .tvdb_id = t->tvdb_id,
        .tmdb_id = t->tmdb_id,
        .imdb_id = t->imdb_id,
        .title = t->title,
        .sort_title = t->sort_title,
        .episode_title = "",
        .year = t->year,
        .status = t->status,
        .type = t->type,
        .is_monitored = t->is_monitored && jx_bool(o, "monitored", false),
        .has_file = jx_bool(o, "hasFile", false),
        .quality_profile_id = t->quality_profile_id,
        .quality_profile = "",
        .tags = t->tags,
        .genres = t->genres,
        .added = t->added,
        .server_searched = jx_utc(o, "lastSearchTime"),
        .n_titles = MAX(t->n_titles, 1),
    };
}
