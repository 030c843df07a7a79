/* cli/describe_series.c — what a series is, and each season's episodes, files and gaps. */
#include "cli/describe_series.h"

#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/listing.h"
#include "cli/table.h"
#include "store/browse.h"
#include "store/searches.h"

static const char kind[] = "series/";

/* "series/alice/seedbox/12": the instance may hold a slash, the id is last. */
static bool parse(const char *address, char *ret_instance, size_t size, int64_t *ret_id)
{
    if (!str_starts(address, kind))
        return false;
    const char *name = address + sizeof kind - 1, *slash = strrchr(name, '/');
    size_t n = slash ? (size_t)(slash - name) : 0;
    if (n == 0 || n >= size || !str_int(slash + 1, ret_id))
        return false;
    memcpy(ret_instance, name, n);
    ret_instance[n] = '\0';
    return true;
}

bool is_series_address(const char *address)
{
    char instance[ITEM_ADDRESS];
    int64_t id;
    return parse(address, instance, sizeof instance, &id);
}

struct seasons {
    struct store *store;
    const char *instance;
    int64_t id, tvdb_id;
    struct err err;
    struct table table;
    json_t *list;
    json_t *pack; /* of the season that is being told; NULL: never searched as a whole */
};

static void add_attempt(void *ctx, const struct attempt *a)
{
    struct seasons *s = ctx;
    char at[UTC_TEXT];
    const char *outcome =
        a->state == ATTEMPT_JUDGED ? verdict_names[a->verdict] : attempt_state_names[a->state];
    table_cellf(&s->table, "%s%s %s", outcome, a->is_partial ? ", in part" : "",
                utc_format_local(a->intended, at));
    s->pack = json_object();
    jx_put(s->pack, "outcome", jx_string(outcome));
    jx_put(s->pack, "partial", json_boolean(a->is_partial));
    jx_put(s->pack, "at", jx_time(a->intended));
}

/* The last search of it as a whole: "nothing 2026-11-23 12:00". */
static json_t *pack_of(struct seasons *s, int season)
{
    const struct item it = {
        .kind = ITEM_EPISODE, .title_id = s->id, .tvdb_id = s->tvdb_id, .season = season};
    char identity[ITEM_IDENTITY];
    const struct attempt_filter newest = {
        .instance = s->instance, .identity = item_season_identity(&it, identity), .limit = 1};
    s->pack = NULL;
    if (s->err.code == ERR_NONE && !attempts_each(s->store, &newest, add_attempt, s, &s->err))
        s->pack = NULL;
    if (!s->pack)
        table_cell(&s->table, "");
    return s->pack ? s->pack : json_null();
}

static void add_season(void *ctx, const struct season_summary *x)
{
    struct seasons *s = ctx;
    char last[UTC_TEXT];
    table_cellf(&s->table, "%d", x->number);
    table_cellf(&s->table, "%" PRId64, x->episodes);
    table_cellf(&s->table, "%" PRId64, x->monitored);
    table_cellf(&s->table, "%" PRId64, x->with_file);
    table_cellf(&s->table, "%" PRId64, x->missing);
    table_cell(&s->table, x->last ? utc_format_local(x->last, last) : "");
    json_t *o = json_object();
    jx_put(o, "season", json_integer(x->number));
    jx_put(o, "episodes", json_integer(x->episodes));
    jx_put(o, "monitored", json_integer(x->monitored));
    jx_put(o, "with_file", json_integer(x->with_file));
    jx_put(o, "missing", json_integer(x->missing));
    jx_put(o, "last_broadcast", jx_time(x->last));
    jx_put(o, "pack", pack_of(s, x->number));
    jx_push(s->list, o);
}

static void say_json(const struct cli *c, const char *address, const struct title_summary *t,
                     json_t *seasons)
{
    json_t *o = cli_object();
    put_series(o, address, t);
    jx_put(o, "tvdb_id", t->tvdb_id ? json_integer(t->tvdb_id) : json_null());
    jx_put(o, "seasons", json_incref(seasons));
    cli_out_json(c, o);
}

static void say(const struct cli *c, const char *address, const struct title_summary *t,
                const struct table *seasons)
{
    char read[UTC_TEXT];
    CLEANUP(freep) char *year = t->year ? mem_printf(" (%d)", t->year) : mem_strdup("");
    cli_out(c, "%s%s\n", t->title, year);
    cli_out(c, "  %-16s %s\n", "address", address);
    if (t->tvdb_id)
        cli_out(c, "  %-16s tvdb:%" PRId64 "\n", "identity", t->tvdb_id);
    cli_out(c, "  %-16s %s, %s\n", "status", series_type_names[t->type], status_names[t->status]);
    cli_out(c, "  %-16s %s\n", "quality profile",
            *t->quality_profile ? t->quality_profile : "unknown");
    cli_out(c, "  %-16s %s\n", "monitored", t->is_monitored ? "yes" : "no");
    cli_out(c, "  %-16s %" PRId64 ", %" PRId64 " with a file, %" PRId64 " missing\n", "episodes",
            t->items, t->with_file, t->missing);
    cli_out(c, "  %-16s %s\n\n", "read", t->fetched ? utc_format_local(t->fetched, read) : "never");
    cli_out_table(c, seasons);
}

static int no_such_series(const struct cli *c, const char *instance, int64_t id)
{
    return cli_failf(c, ERR_USAGE,
                     "the library of instance/%s holds no series %" PRId64
                     " (splintarr get series lists addresses)",
                     instance, id);
}

int describe_series(const struct view *v, const char *address)
{
    static const char *const headings[] = {"SEASON",  "EPISODES",       "MONITORED",     "FILES",
                                           "MISSING", "LAST BROADCAST", "PACK SEARCHED", NULL};
    char instance[ITEM_ADDRESS];
    int64_t id = 0;
    struct title_summary t = {0};
    bool is_found = false;
    struct err e = {0};
    if (!parse(address, instance, sizeof instance, &id) ||
        !title_describe(v->store, instance, id, v->arena, &t, &is_found, &e))
        return cli_fail(v->cli, &e);
    if (!is_found)
        return no_such_series(v->cli, instance, id);
    CLEANUP(jx_decrefp) json_t *list = json_array();
    struct seasons seasons = {
        .store = v->store, .instance = instance, .id = id, .tvdb_id = t.tvdb_id, .list = list};
    table_init(&seasons.table, headings);
    bool ok = seasons_each(v->store, instance, id, add_season, &seasons, &e) &&
              (seasons.err.code == ERR_NONE || (e = seasons.err, false));
    if (ok && cli_is_json(v->cli))
        say_json(v->cli, address, &t, list);
    else if (ok)
        say(v->cli, address, &t, &seasons.table);
    table_done(&seasons.table);
    return ok ? CLI_OK : cli_fail(v->cli, &e);
}
