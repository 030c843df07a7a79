/* cli/cmd_describe.c — everything about one resource or one item. */
#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/origin.h"
#include "cli/view.h"
#include "store/library.h"
#include "store/searches.h"

/* ---- a resource ---- */

static void print_conditions(const struct cli *c, const struct conditions *all)
{
    cli_out(c, "\nConditions\n");
    for (int i = 0; i < COND_N; i++) {
        const struct condition *x = &all->at[i];
        if (!x->is_given)
            continue;
        cli_out(c, "  %-10s %-8s %s%s%s\n", condition_names[i], condition_statuses[x->status],
                x->reason, x->message[0] ? ": " : "", x->message);
    }
}

/* One line per value: "limits.min_gap  15s". */
static void print_spec(const struct cli *c, const char *prefix, const json_t *spec)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)spec, key, value)
    {
        CLEANUP(freep) char *path = mem_printf("%s%s%s", prefix, prefix[0] ? "." : "", key);
        if (json_is_object(value) && json_object_size(value)) {
            print_spec(c, path, value);
            continue;
        }
        CLEANUP(freep) char *text = jx_canonical(value);
        cli_out(c, "  %-28s %s\n", path, json_is_string(value) ? json_string_value(value) : text);
    }
}

/* The commit that made it what it is; rev 0 for what no revision holds any more, and built-ins. */
static bool find_origin(const struct view *v, const struct resource *r, struct revision *ret,
                        struct err *e)
{
    const struct applied *applied = view_applied(v, r);
    *ret = (struct revision){0};
    return !applied || revision_find(v->store, applied->from_rev, ret, e);
}

static int describe_resource(const struct view *v, const struct resource *r)
{
    struct err e = {0};
    const struct cli *c = v->cli;
    const struct applied *applied = view_applied(v, r);
    CLEANUP(revision_done) struct revision origin = {0};
    struct conditions conditions;
    char at[UTC_TEXT];
    if (!view_conditions(v, r, &conditions, &e) || !find_origin(v, r, &origin, &e))
        return cli_fail(c, &e);
    cli_out(c, "%s/%s\n", kind_names[r->kind], r->name);
    if (applied)
        cli_out(c, "Declared  %s:%d, revision %" PRId64 ", since %s\n", applied->file,
                applied->line, applied->from_rev, utc_format_local(applied->since, at));
    if (origin.rev > 0)
        origin_line(c, "From      ", &origin);
    print_conditions(c, &conditions);
    CLEANUP(jx_decrefp) json_t *spec = config_effective(r);
    cli_out(c, "\nEffective\n");
    print_spec(c, "", spec);
    return CLI_OK;
}

static int describe_resource_json(const struct view *v, const struct resource *r)
{
    struct err e = {0};
    CLEANUP(revision_done) struct revision origin = {0};
    json_t *o = find_origin(v, r, &origin, &e) ? view_json(v, r, &e) : NULL;
    if (!o)
        return cli_fail(v->cli, &e);
    jx_put(o, "format_version", jx_string("1.0"));
    jx_put(o, "git", origin.rev > 0 ? origin_json(&origin) : json_null());
    cli_out_json(v->cli, o);
    return CLI_OK;
}

/* ---- an item ---- */

static json_t *item_json(const struct item *it, const struct item_memory *m, const char *instance)
{
    char label[ITEM_TITLE], address[ITEM_ADDRESS];
    json_t *o = cli_object();
    jx_put(o, "address", jx_string(item_address(it, instance, address)));
    jx_put(o, "title", jx_string(item_label(it, label)));
    jx_put(o, "monitored", json_boolean(it->is_monitored));
    jx_put(o, "has_file", json_boolean(it->has_file));
    jx_put(o, "cutoff_unmet", json_boolean(it->is_cutoff_unmet));
    jx_put(o, "quality_profile", jx_string(it->quality_profile));
    jx_put(o, "released", jx_time(item_released(it)));
    jx_put(o, "searches", json_integer(m->n_searches));
    jx_put(o, "last_searched", jx_time(m->searched));
    jx_put(o, "last_outcome",
           m->last == VERDICT_NONE ? json_null() : jx_string(verdict_names[m->last]));
    jx_put(o, "nothing_in_a_row", json_integer(m->n_nothing));
    jx_put(o, "grabs_since_import", json_integer(m->n_grabs));
    return o;
}

static void print_attempt(void *ctx, const struct attempt *a)
{
    const struct cli *c = ctx;
    char at[UTC_TEXT];
    cli_out(c, "  %s  %-11s queue/%s\n", utc_format_local(a->intended, at),
            a->state == ATTEMPT_JUDGED ? verdict_names[a->verdict] : attempt_state_names[a->state],
            a->queue);
}

static int describe_item(const struct view *v, enum item_kind kind, const char *instance,
                         int64_t id)
{
    struct item it;
    struct item_memory m;
    struct err e = {0};
    bool is_found;
    if (!item_find(v->store, instance, kind, id, v->arena, &it, &m, &is_found, &e))
        return cli_fail(v->cli, &e);
    if (!is_found)
        return cli_failf(v->cli, ERR_USAGE,
                         "the library of instance/%s holds no %s %" PRId64
                         " (splintarr get missing lists addresses)",
                         instance, item_kind_names[kind], id);
    json_t *o = item_json(&it, &m, instance);
    if (cli_is_json(v->cli)) {
        cli_out_json(v->cli, o);
        return CLI_OK;
    }
    print_spec(v->cli, "", o);
    json_decref(o);
    char identity[ITEM_IDENTITY];
    struct attempt_filter filter = {
        .instance = instance, .identity = item_identity(&it, identity), .limit = 20};
    cli_out(v->cli, "\nSearches\n");
    if (!attempts_each(v->store, &filter, print_attempt, (void *)(uintptr_t)v->cli, &e))
        return cli_fail(v->cli, &e);
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(view_done) struct view v = {0};
    const struct resource *r;
    struct err e = {0};
    enum item_kind kind;
    char instance[ITEM_ADDRESS];
    int64_t id;
    int status;
    if (!view_open(c, &v, &status))
        return status;
    if (view_item_address(c->args[0], &kind, instance, sizeof instance, &id))
        return describe_item(&v, kind, instance, id);
    if (!view_find(&v, c->args[0], &r, &e))
        return cli_fail(c, &e);
    return cli_is_json(c) ? describe_resource_json(&v, r) : describe_resource(&v, r);
}

const struct command cmd_describe = {
    .name = "describe",
    .usage = "describe ADDRESS",
    .doc = "everything about one resource or item: conditions, effective values, searches",
    .help = "ADDRESS is KIND/NAME (queue/tv-missing) or an item (episode/sonarr-main/4711, "
            "movie/radarr-main/12).",
    .formats = "json",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
