/* cli/cmd_profile.c — a profile made of a queue: how it searches, without where. Prints, writes
 * nothing. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "model/ywrite.h"
#include "plan/plan.h"

/* What a profile says that says nothing: only what differs from it is worth printing. */
static bool defaults(json_t **ret, struct err *e)
{
    CLEANUP(config_freep) struct config *c = config_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    if (!config_add_stored(c, KIND_PROFILE, "bare", "{}", e))
        return false;
    if (!config_check(c, diags))
        return err_set(e, ERR_CONFIG, "%s", diags_at(diags, 0)->message);
    *ret = config_effective(config_find(c, KIND_PROFILE, "bare"));
    return true;
}

/* The members of `value` that differ from `usual`; NULL when none does. Caller decrefs. */
static json_t *difference(json_t *value, const json_t *usual)
{
    const char *key;
    json_t *member;
    if (json_equal(value, usual))
        return NULL;
    if (!json_is_object(value) || !json_is_object(usual))
        return json_incref(value);
    json_t *o = json_object();
    json_object_foreach(value, key, member)
    {
        json_t *differs = difference(member, json_object_get(usual, key));
        if (differs && !json_is_null(differs))
            jx_put(o, key, json_incref(differs));
        json_decref(differs);
    }
    return o;
}

/* Of every kind, or of queues alone. */
static bool is_common(const char *key)
{
    static const char *const keys[] = {"extends", "suspend",      "protect",   "description",
                                       "labels",  "renamed_from", "instances", "profile"};
    for (size_t i = 0; i < COUNT(keys); i++)
        if (str_eq(keys[i], key))
            return true;
    return false;
}

/* A schedule written in place says how often, whatever else it says. */
static void keep_interval(json_t *schedule, const json_t *all)
{
    json_t *every = json_object_get(json_object_get(all, "schedule"), "every");
    if (json_is_object(schedule) && every && !json_object_get(schedule, "at"))
        jx_put(schedule, "every", json_incref(every));
}

/* As the queue's own files write it: "bob/weekends" is weekends there, the root's is /weekends. */
static void name_schedule(json_t *profile, const struct resource *queue)
{
    const char *name = jx_str(profile, "schedule");
    size_t n = queue->owner ? strlen(queue->owner) : 0;
    if (!name || !queue->owner)
        return;
    bool is_his = strncmp(name, queue->owner, n) == 0 && name[n] == '/';
    CLEANUP(freep)
    char *written = mem_printf("%s%s", is_his ? "" : "/", is_his ? name + n + 1 : name);
    jx_put(profile, "schedule", jx_string(written));
}

/* The zone that it has anyway. */
static void drop_usual_zone(json_t *schedule, const struct config *config)
{
    const char *zone = jx_str(schedule, "timezone"), *usual = config_settings(config)->timezone;
    if (zone && str_eq(zone, usual))
        json_object_del(schedule, "timezone");
}

/* Effective values, so that what the queue inherits goes along. */
static json_t *profile_of(const struct config *config, const struct resource *queue,
                          const json_t *bare)
{
    CLEANUP(jx_decrefp) json_t *all = config_effective(queue);
    json_t *profile = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(all, key, value)
    {
        json_t *differs = is_common(key) ? NULL : difference(value, json_object_get(bare, key));
        if (differs && !json_is_null(differs))
            jx_put(profile, key, json_incref(differs));
        json_decref(differs);
    }
    keep_interval(json_object_get(profile, "schedule"), all);
    drop_usual_zone(json_object_get(profile, "schedule"), config);
    name_schedule(profile, queue);
    return profile;
}

static int print_profile(const struct cli *c, const struct config *config,
                         const struct resource *queue, const char *name)
{
    CLEANUP(jx_decrefp) json_t *bare = NULL;
    CLEANUP(jx_decrefp) json_t *document = json_object();
    CLEANUP(buf_done) struct buf text;
    struct err e;
    if (!defaults(&bare, &e))
        return cli_fail(c, &e);
    json_t *profiles = json_object();
    jx_put(profiles, name, profile_of(config, queue, bare));
    jx_put(document, kind_plurals[KIND_PROFILE], profiles);
    buf_init(&text, BUF_TEXT);
    ywrite_document(&text, document);
    cli_out_buf(c, &text);
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(config_freep) struct config *config = NULL;
    enum store_found found;
    struct err e;
    const char *name = c->args[1];
    if (!str_eq(c->args[0], "from-queue"))
        return cli_failf(c, ERR_USAGE, "there is no 'profile %s': splintarr profile from-queue Q",
                         c->args[0]);
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (!store)
        return cli_no_state(c);
    if (!plan_applied_config(store, &config, &e))
        return cli_fail(c, &e);
    const struct resource *queue = config_find(config, KIND_QUEUE, name);
    const char *slash = strrchr(name, '/');
    return queue ? print_profile(c, config, queue, slash ? slash + 1 : name)
                 : cli_failf(c, ERR_USAGE,
                             "there is no queue '%s'; splintarr get queues lists them", name);
}

const struct command cmd_profile = {
    .name = "profile",
    .usage = "profile from-queue QUEUE",
    .doc = "print a profile that searches as a queue does, for other queues to use",
    .help = "Prints YAML and changes nothing:\n"
            "  splintarr profile from-queue tv-missing >profiles.yaml\n"
            "What the queue inherits goes along; where it searches does not.",
    .min_args = 2,
    .max_args = 2,
    .run = run,
};
