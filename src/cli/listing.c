/* cli/listing.c — totals of libraries, runs, attempts and pauses in rows or as JSON. */
#include "cli/listing.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/listing_health.h"
#include "cli/table.h"
#include "engine/named.h"
#include "store/library.h"
#include "store/pauses.h"
#include "store/searches.h"

/* One list under way: every row goes to the table and to the array, one of which is printed. */
struct rows {
    const struct view *view;
    struct table table;
    json_t *items;
    size_t limit;
    const char *instance; /* only this one, or NULL */
};

static bool begin(struct rows *r, const struct view *v, const char *const *headings, int *ret_exit)
{
    const char *limit = cli_flag(v->cli, "limit"), *instance = cli_flag(v->cli, "instance");
    int64_t n = 50;
    if (limit && (!str_int(limit, &n) || n < 1)) {
        *ret_exit = cli_failf(v->cli, ERR_USAGE, "--limit takes a number from 1, not '%s'", limit);
        return false;
    }
    *r = (struct rows){.view = v, .items = json_array(), .limit = (size_t)n, .instance = instance};
    table_init(&r->table, headings);
    return true;
}

static void rows_done(struct rows *r)
{
    table_done(&r->table);
    json_decref(r->items);
}

/* One that was removed may still have a past. */
static bool has_instance(const struct rows *r, struct err *e)
{
    const struct config *config = r->view->config;
    return !r->instance || json_array_size(r->items) > 0 ||
           config_find(config, KIND_INSTANCE, r->instance) ||
           named_not(config, KIND_INSTANCE, r->instance, e);
}

static int print(struct rows *r, bool ok, struct err *e)
{
    const struct cli *c = r->view->cli;
    if (!ok || !has_instance(r, e))
        return cli_fail(c, e);
    cli_out_list(c, r->items, &r->table);
    return CLI_OK;
}

static void cell_time(struct table *t, utc_t at)
{
    char text[UTC_TEXT];
    table_cell(t, at ? utc_format_local(at, text) : "");
}

/* ---- library ---- */

static void library_cells(struct table *t, const struct library_summary *l)
{
    const int64_t counts[] = {l->titles, l->items, l->with_file, l->missing, l->cutoff_unmet};
    bool is_known = l->synced || l->titles; /* a first sync may be under way */
    table_cell(t, l->instance);
    for (size_t i = 0; i < COUNT(counts); i++)
        table_cellf(t, is_known ? "%" PRId64 : "", counts[i]);
    table_cellf(t, l->drift ? "%+" PRId64 : "", l->drift);
    if (l->synced)
        cell_time(t, l->synced);
    else
        table_cell(t, "never");
}

static void library_row(void *ctx, const struct library_summary *l)
{
    struct rows *r = ctx;
    if (r->instance && !str_eq(r->instance, l->instance))
        return;
    library_cells(&r->table, l);
    json_t *o = json_object();
    jx_put(o, "instance", jx_string(l->instance));
    jx_put(o, "titles", json_integer(l->titles));
    jx_put(o, "items", json_integer(l->items));
    jx_put(o, "with_file", json_integer(l->with_file));
    jx_put(o, "missing", json_integer(l->missing));
    jx_put(o, "cutoff_unmet", json_integer(l->cutoff_unmet));
    jx_put(o, "drift", json_integer(l->drift));
    jx_put(o, "synced", jx_time(l->synced));
    jx_push(r->items, o);
}

static bool is_listed(const struct rows *r, const char *instance)
{
    for (size_t i = 0; i < json_array_size(r->items); i++)
        if (str_eq(jx_str(json_array_get(r->items, i), "instance"), instance))
            return true;
    return false;
}

/* The state knows of an instance when its library was read, or it was asked something, once. */
static void add_unread(struct rows *r)
{
    const struct config *config = r->view->config;
    for (size_t i = 0; i < config_n(config); i++) {
        const struct resource *x = config_at(config, i);
        if (x->kind == KIND_INSTANCE && !is_listed(r, x->name))
            library_row(r, &(struct library_summary){.instance = x->name});
    }
}

static int library(const struct view *v)
{
    static const char *const headings[] = {"INSTANCE",  "TITLES",  "ITEMS",
                                           "WITH FILE", "MISSING", "CUTOFF UNMET",
                                           "DRIFT",     "SYNCED",  NULL};
    CLEANUP(rows_done) struct rows r = {0};
    struct err e = {0};
    int status;
    if (!begin(&r, v, headings, &status))
        return status;
    bool ok = library_each(v->store, library_row, &r, &e);
    if (ok)
        add_unread(&r);
    status = print(&r, ok, &e);
    view_note_unread(v, r.instance);
    return status;
}

/* ---- runs ---- */

json_t *run_json(const struct run *run)
{
    json_t *o = json_object(), *reasons = json_loads(run->reasons, 0, NULL);
    jx_put(o, "run", json_integer(run->id));
    jx_put(o, "queue", jx_string(run->queue));
    jx_put(o, "instance", jx_string(run->instance));
    jx_put(o, "strategy", jx_string(run->strategy));
    jx_put(o, "started", jx_time(run->started));
    jx_put(o, "ended", jx_time(run->ended));
    jx_put(o, "status", jx_string(run->status));
    jx_put(o, "gate", run->gate[0] ? jx_string(run->gate) : json_null());
    jx_put(o, "considered", json_integer(run->considered));
    jx_put(o, "searched", json_integer(run->searched));
    jx_put(o, "grabbed", json_integer(run->grabbed));
    jx_put(o, "reasons", reasons ? reasons : json_object());
    jx_put(o, "error", run->error[0] ? jx_string(run->error) : json_null());
    return o;
}

static void run_row(void *ctx, const struct run *run)
{
    struct rows *r = ctx;
    table_cellf(&r->table, "%" PRId64, run->id);
    cell_time(&r->table, run->started);
    table_cellf(&r->table, "%s@%s", run->queue, run->instance);
    table_cell(&r->table, run->gate[0] ? run->gate : run->status);
    table_cellf(&r->table, "%d", run->considered);
    table_cellf(&r->table, "%d", run->searched);
    table_cellf(&r->table, "%d", run->grabbed);
    jx_push(r->items, run_json(run));
}

static int runs(const struct view *v)
{
    static const char *const headings[] = {"RUN",        "STARTED",  "QUEUE",   "STATUS",
                                           "CONSIDERED", "SEARCHED", "GRABBED", NULL};
    CLEANUP(rows_done) struct rows r = {0};
    struct err e = {0};
    int status;
    if (!begin(&r, v, headings, &status))
        return status;
    return print(&r, runs_each(v->store, NULL, r.instance, r.limit, run_row, &r, &e), &e);
}

/* ---- attempts ---- */

static const char *became(const struct attempt *a)
{
    if (a->imported)
        return a->deleted ? ", imported, deleted again" : ", imported";
    return a->import_failed ? ", import failed" : "";
}

static void attempt_row(void *ctx, const struct attempt *a)
{
    struct rows *r = ctx;
    struct item it = attempt_item(a);
    char address[ITEM_ADDRESS];
    bool is_judged = a->state == ATTEMPT_JUDGED;
    table_cell(&r->table, item_address(&it, a->instance, address));
    cell_time(&r->table, a->intended);
    table_cellf(&r->table, "%s%s%s",
                is_judged ? verdict_names[a->verdict] : attempt_state_names[a->state],
                a->is_partial ? ", in part" : "", became(a));
    table_cell(&r->table, a->title);
    json_t *o = json_object();
    jx_put(o, "attempt", json_integer(a->id));
    jx_put(o, "run", json_integer(a->run));
    jx_put(o, "queue", jx_string(a->queue));
    jx_put(o, "instance", jx_string(a->instance));
    jx_put(o, "item", jx_string(address));
    jx_put(o, "title", jx_string(a->title));
    jx_put(o, "state", jx_string(attempt_state_names[a->state]));
    jx_put(o, "outcome", is_judged ? jx_string(verdict_names[a->verdict]) : json_null());
    jx_put(o, "partial", json_boolean(a->is_partial));
    jx_put(o, "grabs", json_integer(a->grabs));
    jx_put(o, "intended", jx_time(a->intended));
    jx_put(o, "posted", jx_time(a->posted));
    jx_put(o, "ended", jx_time(a->ended));
    jx_put(o, "imported", jx_time(a->imported));
    jx_put(o, "import_failed", jx_time(a->import_failed));
    jx_put(o, "deleted", jx_time(a->deleted));
    jx_put(o, "indexer_queries", json_integer(a->cost));
    jx_put(o, "message", a->message[0] ? jx_string(a->message) : json_null());
    jx_push(r->items, o);
}

static int attempts(const struct view *v)
{
    static const char *const headings[] = {"ITEM", "WHEN", "OUTCOME", "TITLE", NULL};
    CLEANUP(rows_done) struct rows r = {0};
    struct err e = {0};
    int status;
    if (!begin(&r, v, headings, &status))
        return status;
    struct attempt_filter filter = {.instance = r.instance, .limit = r.limit};
    return print(&r, attempts_each(v->store, &filter, attempt_row, &r, &e), &e);
}

/* ---- pauses ---- */

static void pause_row(void *ctx, const struct pause *p)
{
    struct rows *r = ctx;
    table_cell(&r->table, p->address);
    cell_time(&r->table, p->since);
    cell_time(&r->table, p->until);
    table_cell(&r->table, p->actor);
    table_cell(&r->table, p->reason);
    json_t *o = json_object();
    jx_put(o, "address", jx_string(p->address));
    jx_put(o, "since", jx_time(p->since));
    jx_put(o, "until", jx_time(p->until));
    jx_put(o, "by", jx_string(p->actor));
    jx_put(o, "reason", jx_string(p->reason));
    jx_push(r->items, o);
}

static int pauses(const struct view *v)
{
    static const char *const headings[] = {"ADDRESS", "SINCE", "UNTIL", "BY", "REASON", NULL};
    CLEANUP(rows_done) struct rows r = {0};
    struct err e = {0};
    int status;
    if (!begin(&r, v, headings, &status))
        return status;
    return print(&r, pauses_each(v->store, clock_utc(v->cli->clock), pause_row, &r, &e), &e);
}

static const struct listing short_listings[] = {
    {"library", library},   {"health", listing_health}, {"runs", runs},
    {"attempts", attempts}, {"pauses", pauses},         {0},
};

static const struct listing *find_in(const struct listing table[], const char *name)
{
    for (; table->name; table++)
        if (str_eq(table->name, name))
            return table;
    return NULL;
}

const struct listing *listing_find(const char *name)
{
    const struct listing *found = find_in(short_listings, name);
    return found ? found : find_in(library_listings, name);
}

size_t listing_names(const char *ret[static LISTINGS_MAX])
{
    const struct listing *const tables[] = {short_listings, library_listings};
    size_t n = 0;
    for (size_t i = 0; i < COUNT(tables); i++)
        for (const struct listing *l = tables[i]; l->name; l++)
            ret[n++] = l->name;
    assert(n <= LISTINGS_MAX);
    return n;
}
