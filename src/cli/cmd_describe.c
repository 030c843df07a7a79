/* cli/cmd_describe.c — everything about one resource or one item. */
#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/describe_item.h"
#include "cli/describe_series.h"
#include "cli/listing_health.h"
#include "cli/origin.h"
#include "cli/question.h"
#include "cli/why_season.h"
#include "engine/season_at.h"

/* ---- a resource ---- */

static void print_condition(const struct cli *c, const char *name, const struct condition *x)
{
    const char *status = condition_statuses[x->status];
    if (!*x->reason && !*x->message)
        cli_out(c, "  %-10s %s\n", name, status);
    else
        cli_out(c, "  %-10s %-8s %s%s%s\n", name, status, x->reason,
                *x->reason && *x->message ? ": " : "", x->message);
}

static void print_conditions(const struct cli *c, const struct conditions *all)
{
    cli_out(c, "\nConditions\n");
    for (int i = 0; i < COND_N; i++)
        if (all->at[i].is_given)
            print_condition(c, condition_names[i], &all->at[i]);
}

static void print_value(const struct cli *c, const char *path, const json_t *value);

/* One line per value: "limits.min_gap  15s", "match[0].genre  reality". */
static void print_spec(const struct cli *c, const char *prefix, const json_t *spec)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)spec, key, value)
    {
        CLEANUP(freep) char *path = mem_printf("%s%s%s", prefix, prefix[0] ? "." : "", key);
        print_value(c, path, value);
    }
}

static void print_value(const struct cli *c, const char *path, const json_t *value)
{
    if (json_is_object(value) && json_object_size(value)) {
        print_spec(c, path, value);
        return;
    }
    bool is_list = json_is_object(json_array_get(value, 0));
    for (size_t i = 0; is_list && i < json_array_size(value); i++) {
        CLEANUP(freep) char *at = mem_printf("%s[%zu]", path, i);
        print_spec(c, at, json_array_get(value, i));
    }
    if (is_list)
        return;
    CLEANUP(freep) char *text = jx_canonical(value);
    cli_out(c, "  %-28s %s\n", path, json_is_string(value) ? json_string_value(value) : text);
}

/* Where the instance is to send webhooks to; NULL: nowhere. Caller frees. */
static char *webhook_url(const struct view *v, const struct resource *r)
{
    const struct instance *spec = r->kind == KIND_INSTANCE ? r->spec : NULL;
    if (!spec || !spec->webhook.token.source)
        return NULL;
    const char *base = config_settings(v->config)->webhooks.base_url;
    size_t n = base ? strlen(base) : 0;
    n -= n && base[n - 1] == '/';
    return mem_printf("%.*s/hooks/%s", (int)n, base ? base : "", r->name);
}

static void print_webhook(const struct cli *c, const char *url)
{
    bool is_whole = url[0] != '/';
    cli_out(c,
            "\nWebhook\n  %s%s, with the token as Basic password, X-Splintarr-Token or ?token=\n",
            is_whole ? "" : "http://HOST:7337", url);
    if (!is_whole)
        cli_out(c, "  HOST:7337 is where the application reaches this daemon (--listen); "
                   "settings.webhooks.base_url puts it here\n");
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
    CLEANUP(freep) char *url = webhook_url(v, r);
    if (url)
        print_webhook(c, url);
    if (r->kind == KIND_INSTANCE && !health_print(v, r->name, &e))
        return cli_fail(c, &e);
    CLEANUP(jx_decrefp) json_t *spec = config_effective(r);
    cli_out(c, "\nEffective\n");
    print_spec(c, "", spec);
    return CLI_OK;
}

static bool add_health(const struct view *v, const struct resource *r, json_t *o, struct err *e)
{
    if (r->kind != KIND_INSTANCE)
        return true;
    json_t *health = health_json(v, r->name, e);
    if (!health)
        return false;
    jx_put(o, "health", health);
    return true;
}

static int describe_resource_json(const struct view *v, const struct resource *r)
{
    struct err e = {0};
    CLEANUP(revision_done) struct revision origin = {0};
    CLEANUP(jx_decrefp) json_t *o = find_origin(v, r, &origin, &e) ? view_json(v, r, &e) : NULL;
    if (!o || !add_health(v, r, o, &e))
        return cli_fail(v->cli, &e);
    jx_put(o, "format_version", jx_string("1.0"));
    CLEANUP(freep) char *url = webhook_url(v, r);
    if (url)
        jx_put(o, "webhook_url", jx_string(url));
    jx_put(o, "git", origin.rev > 0 ? origin_json(&origin) : json_null());
    cli_out_json(v->cli, TAKE(o));
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(view_done) struct view v = {0};
    const struct resource *r;
    struct err e = {0};
    int status;
    if (!view_open(c, &v, &status))
        return status;
    if (question_is_item(c->args[0]))
        return describe_item(&v, c->args[0]);
    if (is_series_address(c->args[0]))
        return describe_series(&v, c->args[0]);
    if (is_season_address(c->args[0]))
        return why_season(&v, c->args[0]);
    if (!view_find(&v, c->args[0], &r, &e))
        return cli_fail(c, &e);
    return cli_is_json(c) ? describe_resource_json(&v, r) : describe_resource(&v, r);
}

const struct command cmd_describe = {
    .name = "describe",
    .usage = "describe ADDRESS",
    .doc = "everything about one resource or item: conditions, effective values, searches",
    .help = "ADDRESS is KIND/NAME (queue/tv-missing), an item (episode/sonarr-main/4711, "
            "movie/radarr-main/12),\n"
            "a series (series/sonarr-main/12) or one of its seasons (season/sonarr-main/12/2).",
    .examples = "  splintarr describe instance/sonarr-main      with its health and where to send "
                "webhooks\n"
                "  splintarr describe episode/sonarr-main/4711\n"
                "  splintarr describe settings",
    .formats = "json",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
