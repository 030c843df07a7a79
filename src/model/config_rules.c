/* model/config_rules.c — rules over several fields or resources: the only checks written by hand.
 */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/config_parts.h"
#include "model/type_parts.h"
#include "model/value.h"

struct ruling {
    const struct config *config;
    const struct resource *resource;
    struct reading x;
};

static struct ynode name_node(const struct resource *r)
{
    return (struct ynode){
        .at = r->at, .end_line = r->at.line, .end_col = r->at.col + (int)strlen(r->name)};
}

/* At the field if it is written, else at the resource's name. */
static bool refuse_at(const struct ruling *u, enum diag_code code, const struct ynode *n,
                      const char *hint, const char *text)
{
    struct ynode at = name_node(u->resource);
    return reading_refuse(&u->x, code, n ? n : &at, hint, "%s/%s: %s",
                          kind_names[u->resource->kind], u->resource->name, text);
}

/* ---- schedules ---- */

/* What is written but could not be read was told before; no rule follows from it. */
static bool can_be_read(const struct ruling *u, const struct field *fields, const struct ynode *map)
{
    struct reading silent = u->x;
    silent.diags = NULL;
    for (const struct field *f = fields; f->name; f++) {
        const struct ynode *n = ydoc_get(map, field_key(f));
        union any_value scratch = {{0}};
        bool is_inner = n && n->type == Y_MAP && f->type == FT_OPTION;
        if (ydoc_is_reported(map, field_key(f)) || (is_inner && !can_be_read(u, f->fields, n)) ||
            (n && !is_inner && !type_of(f)->read(&silent, f, n, &scratch)))
            return false;
    }
    return true;
}

static void check_never(const struct ruling *u, const struct schedule *s, const struct ynode *map)
{
    static const char *const keys[] = {"blackout", "windows", "at"};
    const struct ynode *n = NULL;
    struct civil until;
    char text[200] = "never runs: windows, moments and blackouts leave it no time";
    if (!schedule_idles(u->config, s, &until))
        return;
    if (until.year)
        snprintf(text, sizeof text,
                 "does not run before %04d-%02d-%02d: windows, moments and blackouts leave it no "
                 "time until clocks change",
                 until.year, until.month, until.day);
    for (size_t i = 0; map && !n && i < COUNT(keys); i++)
        n = ydoc_get(map, keys[i]);
    refuse_at(u, DIAG_W008, n ? n : map, "settings.blackout counts too", text);
}

static bool is_builtin(const struct config *c, const struct ynode *level)
{
    const struct resource *r;
    for (size_t i = 0; (r = config_builtin(c, i)); i++)
        if (r->node == level)
            return true;
    return false;
}

/* A schedule that nobody wrote: the default, or that of a built-in profile. The settings may leave
 * it no time. */
static void check_unwritten(const struct ruling *u, const struct queue *q)
{
    struct levels levels;
    if (!q->schedule.spec || !config_levels(u->config, u->resource, &levels))
        return;
    for (size_t i = 0; i < levels.n; i++)
        if (ydoc_get(levels.at[i], "schedule") && !is_builtin(u->config, levels.at[i]))
            return;
    check_never(u, q->schedule.spec, NULL);
}

/* Every spring, for one day: worth knowing, and easily mended by another hour. */
static void check_lost(const struct ruling *u, const struct schedule *s, const struct ynode *map)
{
    struct window_lost lost;
    char window[VALUE_TEXT], text[200];
    if (!schedule_loses(u->config, s, &lost))
        return;
    snprintf(text, sizeof text, "%s %s is lost on %04d-%02d-%02d: clocks skip it",
             lost.is_blackout ? "blackout" : "window", value_print_window(&lost.window, window),
             lost.day.year, lost.day.month, lost.day.day);
    const struct ynode *n = ydoc_get(map, lost.is_blackout ? "blackout" : "windows");
    refuse_at(u, DIAG_W011, n ? n : map, "take another hour, or leave it: one day a year", text);
}

static void check_blackout(const struct ruling *u, const struct settings *s)
{
    const struct schedule alone = {.timezone = s->timezone, .blackout = s->blackout};
    check_lost(u, &alone, u->resource->node);
}

static void check_schedule(const struct ruling *u, const struct schedule *s,
                           const struct ynode *map)
{
    if (!can_be_read(u, kind_fields(KIND_SCHEDULE), map))
        return;
    check_never(u, s, map);
    check_lost(u, s, map);
    if ((s->every != 0) == (s->at.n != 0))
        refuse_at(u, DIAG_E206, s->every ? ydoc_get(map, "at") : map,
                  "write every: 6h, or at: daily 03:00", "a schedule has one of `every` and `at`");
    if (s->adaptive && !s->every)
        refuse_at(u, DIAG_E206, ydoc_get(map, "adaptive"), "add every: 12h, the normal interval",
                  "`adaptive` needs `every`");
    if (s->adaptive && s->every &&
        !(s->adaptive->airing < s->every && s->every < s->adaptive->off_season))
        refuse_at(u, DIAG_E206, ydoc_get(map, "adaptive"), NULL,
                  "`adaptive.airing` must be below `every`, `off_season` above it");
    if (s->burst && s->adaptive && s->burst->every >= s->adaptive->airing)
        refuse_at(u, DIAG_E206, ydoc_get(map, "burst"), NULL,
                  "`burst.every` must be below `adaptive.airing`");
}

static void schedule_rules(const struct ruling *u)
{
    check_schedule(u, u->resource->spec, u->resource->node);
}

/* ---- exclusions ---- */

static size_t count_named(const struct ruling *u, const struct selector *s)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct strlist names;
    config_select(u->config, s, u->resource->owner, arena, &names);
    if (u->config->unread) /* what nobody could read may declare them */
        return s->form == SELECT_NAMES ? s->names.n : 1;
    return names.n;
}

static void check_match(const struct ruling *u, const struct exclusion *spec, const struct match *m,
                        const struct ynode *n)
{
    bool has_series = m->series_id || m->tvdb_id || m->imdb_id;
    if (n->type == Y_MAP && n->n == 0)
        refuse_at(u, DIAG_E107, n, "write title: …, tvdb_id: …, genre: …",
                  "an empty match would exclude nothing");
    if (m->season >= 0 && !has_series)
        refuse_at(u, DIAG_E206, ydoc_get(n, "season"), "add tvdb_id: …",
                  "`season` needs a series id beside it");
    if (m->episode >= 0 && m->season < 0)
        refuse_at(u, DIAG_E206, ydoc_get(n, "episode"), "add season: …",
                  "`episode` needs `season` beside it");
    if ((m->series_id || m->movie_id) && count_named(u, &spec->instances) != 1)
        refuse_at(u, DIAG_E206, ydoc_get(n, m->series_id ? "series_id" : "movie_id"),
                  "use tvdb_id or tmdb_id, or name exactly one instance",
                  "a server's own id needs exactly one instance");
    const struct ynode *file = ydoc_get(n, "titles_file");
    if (file && !config_is_inside(file->text))
        reading_refuse(&u->x, DIAG_E117, file, "a relative path without '..'",
                       "titles_file: '%s' leads out of the %s", file->text,
                       u->resource->owner ? "tenant's directory" : "tree");
    else if (file && m->titles_file && !config_referenced(u->config, m->titles_file))
        reading_refuse(&u->x, DIAG_E117, file, "a regular file inside the tree, at most 1 MiB",
                       "titles_file: cannot read '%s'", file->text);
}

static void exclusion_rules(const struct ruling *u)
{
    const struct exclusion *spec = u->resource->spec;
    const struct ynode *map = u->resource->node, *match = ydoc_get(map, "match");
    if (spec->until && spec->for_)
        refuse_at(u, DIAG_E206, ydoc_get(map, "for"), "keep one of them", "both `until` and `for`");
    if (u->config->now && spec->until && spec->until < u->config->now) {
        long long days = (u->config->now - spec->until) / DAYS(1);
        CLEANUP(freep)
        char *text = days == 0 ? mem_strdup("expired less than a day ago")
                               : mem_printf("expired %lld day%s ago", days, days == 1 ? "" : "s");
        refuse_at(u, DIAG_W001, ydoc_get(map, "until"), "remove it, or write a later date", text);
    }
    for (size_t i = 0; match && i < elements(match) && i < spec->match.n; i++)
        check_match(u, spec, &spec->match.at[i], element(match, i));
}

/* ---- queues and profiles ---- */

static void check_inline(const struct ruling *u)
{
    const struct ynode *n = ydoc_get(u->resource->node, "schedule");
    const struct profile *p = u->resource->spec;
    const struct queue *q = u->resource->spec;
    const struct schedule_ref *ref = u->resource->kind == KIND_QUEUE ? &q->schedule : &p->schedule;
    if (n && n->type == Y_MAP && ref->spec)
        check_schedule(u, ref->spec, n);
}

static bool are_all_suspended(const struct ruling *u, const struct strlist *names)
{
    for (size_t i = 0; i < names->n; i++) {
        const struct resource *r = config_find(u->config, KIND_INSTANCE, names->at[i]);
        if (!((const struct instance *)r->spec)->suspend)
            return false;
    }
    return true;
}

/* Of a queue that extends others, all of which are there. */
static bool lacks_instances(const struct ruling *u)
{
    struct levels levels;
    if (!ydoc_get(u->resource->node, "extends") ||
        !config_levels(u->config, u->resource, &levels) || levels.n < 2)
        return false;
    for (size_t i = 0; i < levels.n; i++)
        if (ydoc_get(levels.at[i], "instances") || ydoc_is_reported(levels.at[i], "instances"))
            return false;
    return true;
}

/* By the values that hold, wherever they are written. */
static void check_filters(const struct ruling *u, const struct queue *q)
{
    const struct ynode *filters = ydoc_get(u->resource->node, "filters");
    if (q->filters.sources.bits && q->strategy != STRATEGY_CUSTOM)
        refuse_at(u, DIAG_W013, filters ? ydoc_get(filters, "sources") : NULL,
                  "write strategy: custom", "only `strategy: custom` reads `filters.sources`");
    if (q->filters.monitored == TRI_FALSE)
        refuse_at(u, DIAG_W013, filters ? ydoc_get(filters, "monitored") : NULL, "leave it out",
                  "`filters.monitored: false` lets nothing through: what is not monitored is never "
                  "searched");
}

static void queue_rules(const struct ruling *u)
{
    const struct queue *q = u->resource->spec;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct strlist names;
    check_inline(u);
    check_unwritten(u, q);
    config_select(u->config, &q->instances, u->resource->owner, arena, &names);
    if (lacks_instances(u))
        refuse_at(u, DIAG_E107, NULL, "write instances: all, a list of names, or {type: sonarr}",
                  "neither it nor what it extends says on which instances");
    if (u->config->unread)
        return; /* it may declare what is missed here */
    check_filters(u, q);
    if (names.n == 0 && q->instances.form != SELECT_NAMES && q->instances.form != SELECT_UNSET)
        refuse_at(u, DIAG_W003, ydoc_get(u->resource->node, "instances"), NULL,
                  "selects no instance");
    else if (names.n && !q->suspend && are_all_suspended(u, &names))
        refuse_at(u, DIAG_W003, ydoc_get(u->resource->node, "instances"), NULL,
                  "all its instances are suspended");
}

/* ---- notifications and settings ---- */

static void notification_rules(const struct ruling *u)
{
    const struct notification *n = u->resource->spec;
    const struct ynode *url = ydoc_get(u->resource->node, "url");
    static const struct field secret = {.name = "url", .type = FT_SECRET};
    struct secret_ref ref;
    const struct ynode *type = ydoc_get(u->resource->node, "type");
    bool is_known =
        type && type->type == Y_SCALAR && name_find(notifier_names, NOTIFIER_N, type->text) >= 0;
    if (url && is_known && n->type != NOTIFIER_WEBHOOK && n->url.text)
        type_SECRET.read(&u->x, &secret, url,
                         &ref); /* of Discord and Slack the URL is the secret */
}

static void settings_rules(const struct ruling *u)
{
    const struct settings *s = u->resource->spec;
    const struct settings_backups *b = &s->backups;
    check_blackout(u, s);
    const struct ynode *backups = ydoc_get(u->resource->node, "backups");
    const struct ynode *to = backups ? ydoc_get(backups, "to") : NULL;
    for (size_t i = 0; to && i < b->to.n && i < elements(to); i++)
        if ((b->to.at[i].path != NULL) == (b->to.at[i].s3 != NULL))
            refuse_at(u, DIAG_E206, element(to, i), NULL,
                      "a backup goes to one of `path` and `s3`");
}

static void (*const rules_of[KIND_N])(const struct ruling *u) = {
    [KIND_SETTINGS] = settings_rules,
    [KIND_SCHEDULE] = schedule_rules,
    [KIND_PROFILE] = check_inline,
    [KIND_EXCLUSION] = exclusion_rules,
    [KIND_NOTIFICATION] = notification_rules,
    [KIND_QUEUE] = queue_rules,
};

/* ---- what nothing uses ---- */

static bool is_used(const struct config *c, const struct resource *target)
{
    static const char *const keys[] = {"extends", "profile", "schedule"};
    for (size_t i = 0; i < c->resources.n; i++) {
        const struct resource *r = c->resources.at[i];
        if (r->kind != KIND_QUEUE && r->kind != KIND_PROFILE)
            continue;
        for (size_t k = 0; k < COUNT(keys); k++) {
            const struct ynode *n = ydoc_get(r->node, keys[k]);
            const char *slash = strrchr(target->name, '/');
            bool names_target =
                n && n->type == Y_SCALAR && str_ends(n->text, slash ? slash + 1 : target->name);
            if (names_target && config_resolve(c, target->kind, r->owner, n->text) == target)
                return true;
        }
    }
    return false;
}

void config_check_rules(struct config *c, struct diags *diags)
{
    for (size_t i = 0; i < c->resources.n; i++) {
        struct ruling u = {.config = c, .resource = c->resources.at[i]};
        u.x = config_reading(c, u.resource, diags);
        if (rules_of[u.resource->kind] && u.resource->spec)
            rules_of[u.resource->kind](&u);
        bool is_reusable = u.resource->kind == KIND_PROFILE || u.resource->kind == KIND_SCHEDULE;
        if (is_reusable && !c->unread && !is_used(c, u.resource))
            refuse_at(&u, DIAG_W002, NULL, NULL, "nothing uses it");
    }
}
