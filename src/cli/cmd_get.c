/* cli/cmd_get.c — resources and what is known of them, in rows. */
#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/listing.h"
#include "cli/table.h"
#include "cli/view.h"
#include "engine/named.h"

/* ---- columns by kind ---- */

struct line {
    const struct view *view;
    const struct resource *resource;
    struct table *table;
};

static void cells_instance(const struct line *x)
{
    const struct instance *i = x->resource->spec;
    table_cell(x->table, app_names[i->type]);
    table_cell(x->table, i->url);
    table_cellf(x->table, "%" PRId64 "/h %" PRId64 "/d", i->limits.searches_per_hour,
                i->limits.searches_per_day);
}

static void cells_queue(const struct line *x)
{
    const struct queue *q = x->resource->spec;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(buf_done) struct buf names;
    struct strlist instances;
    buf_init(&names, BUF_TEXT);
    config_select(x->view->config, &q->instances, x->resource->owner, arena, &instances);
    for (size_t i = 0; i < instances.n; i++)
        buf_printf(&names, "%s%s", i ? " " : "", instances.at[i]);
    table_cell(x->table, strategy_names[q->strategy]);
    table_cell(x->table, order_names[q->order]);
    table_cellf(x->table, "%" PRId64, q->batch);
    table_cell(x->table, names.at);
}

static void cells_profile(const struct line *x)
{
    const struct profile *p = x->resource->spec;
    table_cell(x->table, strategy_names[p->strategy]);
    table_cell(x->table, order_names[p->order]);
    table_cellf(x->table, "%" PRId64, p->batch);
}

static void cells_exclusion(const struct line *x)
{
    const struct exclusion *exclusion = x->resource->spec;
    char at[UTC_TEXT];
    table_cellf(x->table, "%zu", exclusion->match.n);
    table_cell(x->table, exclusion->until ? utc_format_local(exclusion->until, at) : "");
    table_cell(x->table, exclusion->reason);
}

static void cells_user(const struct line *x)
{
    const struct user *u = x->resource->spec;
    table_cell(x->table, role_names[u->role]);
}

static void cells_notification(const struct line *x)
{
    const struct notification *n = x->resource->spec;
    table_cell(x->table, notifier_names[n->type]);
}

static void cells_none(const struct line *x UNUSED)
{
}

static const struct {
    const char *headings[8];
    void (*cells)(const struct line *x);
} kinds[KIND_N] = {
    [KIND_SETTINGS] = {{"NAME", "STATUS", "DECLARED"}, cells_none},
    [KIND_USER] = {{"NAME", "ROLE", "STATUS", "DECLARED"}, cells_user},
    [KIND_INSTANCE] = {{"NAME", "TYPE", "URL", "CAPS", "STATUS", "DECLARED"}, cells_instance},
    [KIND_SHARE] = {{"NAME", "STATUS", "DECLARED"}, cells_none},
    [KIND_SCHEDULE] = {{"NAME", "STATUS", "DECLARED"}, cells_none},
    [KIND_PROFILE] = {{"NAME", "STRATEGY", "ORDER", "BATCH", "STATUS", "DECLARED"}, cells_profile},
    [KIND_NOTIFICATION] = {{"NAME", "TYPE", "STATUS", "DECLARED"}, cells_notification},
    [KIND_EXCLUSION] = {{"NAME", "MATCHES", "UNTIL", "REASON", "STATUS", "DECLARED"},
                        cells_exclusion},
    [KIND_QUEUE] = {{"NAME", "STRATEGY", "ORDER", "BATCH", "INSTANCES", "STATUS", "DECLARED"},
                    cells_queue},
};

/* ---- resources ---- */

struct selection {
    enum kind kind;
    const char *name; /* NULL: all */
    bool has_builtins;
};

static const struct resource *selected_at(const struct view *v, const struct selection *s,
                                          size_t *i)
{
    size_t n = config_n(v->config);
    for (;; (*i)++) {
        const struct resource *r = *i < n            ? config_at(v->config, *i)
                                   : s->has_builtins ? config_builtin(v->config, *i - n)
                                                     : NULL;
        if (!r)
            return NULL;
        if (r->kind == s->kind && (!s->name || str_eq(s->name, r->name)))
            return r;
    }
}

static bool row(const struct view *v, const struct resource *r, struct table *t, struct err *e)
{
    struct conditions conditions;
    const struct applied *applied = view_applied(v, r);
    if (!view_conditions(v, r, &conditions, e))
        return false;
    table_cell(t, r->name);
    kinds[r->kind].cells(&(struct line){v, r, t});
    table_cell(t, conditions_word(&conditions));
    if (applied)
        table_cellf(t, "%s:%d", applied->file, applied->line);
    else
        table_cell(t, "built in");
    return true;
}

static int get_text(const struct view *v, const struct selection *s)
{
    CLEANUP(table_done) struct table t;
    struct err e = {0};
    table_init(&t, kinds[s->kind].headings);
    const struct resource *r;
    for (size_t i = 0; (r = selected_at(v, s, &i)); i++)
        if (!row(v, r, &t, &e))
            return cli_fail(v->cli, &e);
    if (table_rows(&t) == 0) {
        cli_note(v->cli, "no %s are applied", kind_plurals[s->kind]);
        return CLI_OK;
    }
    cli_out_table(v->cli, &t);
    return CLI_OK;
}

static int get_json(const struct view *v, const struct selection *s)
{
    json_t *items = json_array();
    const struct resource *r;
    for (size_t i = 0; (r = selected_at(v, s, &i)); i++) {
        struct err e = {0};
        json_t *o = view_json(v, r, &e);
        if (!o) {
            json_decref(items);
            return cli_fail(v->cli, &e);
        }
        jx_push(items, o);
    }
    json_t *o = cli_object();
    jx_put(o, "items", items);
    cli_out_json(v->cli, o);
    return CLI_OK;
}

static int get_names(const struct view *v, const struct selection *s)
{
    const struct resource *r;
    for (size_t i = 0; (r = selected_at(v, s, &i)); i++)
        cli_out(v->cli, "%s/%s\n", kind_names[r->kind], r->name);
    return CLI_OK;
}

static int get_resources(const struct view *v, const struct selection *s)
{
    struct selection any = *s;
    size_t i = 0;
    struct err e = {0};
    if (s->name && !selected_at(v, &any, &i)) {
        named_not(v->config, s->kind, s->name, &e);
        return cli_fail(v->cli, &e);
    }
    if (cli_is_json(v->cli))
        return get_json(v, s);
    return str_eq(v->cli->format, "name") ? get_names(v, s) : get_text(v, s);
}

/* ---- archived ones ---- */

struct archived {
    struct table *table;
    json_t *items;
    const char *kind;
};

static void archived_row(void *ctx, const struct stored_resource *r)
{
    struct archived *a = ctx;
    char since[UTC_TEXT], until[UTC_TEXT];
    if (!str_eq(r->kind, a->kind))
        return;
    table_cell(a->table, r->name);
    table_cell(a->table, utc_format_local(r->archived, since));
    table_cell(a->table, utc_format_local(r->retained_until, until));
    json_t *o = json_object();
    CLEANUP(freep) char *address = mem_printf("%s/%s", r->kind, r->name);
    jx_put(o, "address", jx_string(address));
    jx_put(o, "archived", jx_time(r->archived));
    jx_put(o, "retained_until", jx_time(r->retained_until));
    jx_push(a->items, o);
}

static int get_archived(const struct view *v, enum kind kind)
{
    static const char *const headings[] = {"NAME", "REMOVED", "KEPT UNTIL", NULL};
    CLEANUP(table_done) struct table t;
    CLEANUP(jx_decrefp) json_t *items = json_array();
    struct archived a = {.table = &t, .items = items, .kind = kind_names[kind]};
    struct err e = {0};
    table_init(&t, headings);
    if (!resources_each(v->store, true, archived_row, &a, &e))
        return cli_fail(v->cli, &e);
    cli_out_list(v->cli, items, &t);
    return CLI_OK;
}

/* ---- the command ---- */

static int usage(const struct cli *c, const char *what)
{
    if (listing_find(what))
        return cli_failf(c, ERR_USAGE, "'%s' is a list: splintarr get %s", what, what);
    const char *names[KIND_N + LISTINGS_MAX];
    size_t n = 0;
    for (int k = 0; k < KIND_N; k++)
        names[n++] = kind_plurals[k];
    n += listing_names(names + n);
    const char *near = str_did_you_mean(what, names, n);
    return cli_failf(c, ERR_USAGE, "there is nothing called '%s' to get%s%s%s", what,
                     near ? "; did you mean '" : "", near ? near : "",
                     near ? "'?" : " (splintarr help get lists them)");
}

static int get_kind(const struct cli *c, const struct view *v, char *what)
{
    char *slash = strchr(what, '/');
    if (slash)
        *slash = '\0';
    int kind = kind_find(what);
    if (kind < 0)
        return usage(c, what);
    if (cli_has(c, "archived"))
        return get_archived(v, (enum kind)kind);
    return get_resources(v, &(struct selection){
                                .kind = (enum kind)kind,
                                .name = slash ? slash + 1 : NULL,
                                .has_builtins = cli_has(c, "builtin") ||
                                                (slash && str_starts(slash + 1, "builtin/")),
                            });
}

static int run(struct cli *c)
{
    CLEANUP(view_done) struct view v = {0};
    int status;
    CLEANUP(freep) char *what = mem_strdup(c->args[0]);
    if (!view_open(c, &v, &status))
        return status;
    const struct listing *listing = listing_find(what);
    if (c->n_args > 1 && !str_eq(what, "health"))
        return cli_failf(c, ERR_USAGE, "get takes one kind or list, not '%s' too", c->args[1]);
    if (listing)
        return listing->list(&v);
    return get_kind(c, &v, what);
}

static const struct flag flags[] = {
    {.name = "archived", .type = FLAG_BOOL, .doc = "removed resources that can still come back"},
    {.name = "builtin", .type = FLAG_BOOL, .doc = "built-in profiles too"},
    {.name = "instance",
     .type = FLAG_VALUE,
     .value = "NAME",
     .doc = "of this instance only (lists of items, runs, attempts)"},
    {.name = "since",
     .type = FLAG_VALUE,
     .value = "TIME",
     .doc = "health: every change since, such as 30d"},
    {.name = "limit", .type = FLAG_VALUE, .value = "N", .doc = "at most so many rows (default 50)"},
    {0},
};

const struct command cmd_get = {
    .name = "get",
    .usage = "get KIND[/NAME] | library | missing | series | episodes | movies | runs | attempts | "
             "health [INSTANCE] | pauses",
    .doc = "what is applied and what is known of it, in rows",
    .help =
        "Kinds: settings users instances shares schedules profiles notifications exclusions "
        "queues.\n"
        "library: totals of each instance; drift is how many more its server counts as missing.\n"
        "series, episodes, movies: what is in them, by name. missing: released and monitored,\n"
        "without a file. runs, attempts: what was searched, newest first, with every outcome.\n"
        "health: how instances are, and with --since how they were. pauses: what was paused.\n"
        "Lists of items are printed while they are read: any --limit will do.",
    .examples = "  splintarr get missing --instance sonarr-main --limit 20\n"
                "  splintarr get health --since 30d\n"
                "  splintarr get queues -o name",
    .formats = "json name",
    .flags = flags,
    .min_args = 1,
    .max_args = 2,
    .run = run,
};
