/* arrsim/api_system.c — who the server is and how it is: status, health, indexers, profiles. */
#include "arrsim/api.h"

#include <stdio.h>

static const char *app_name(const struct sim *s)
{
    if (is_on(s, B_wrong_app))
        return "Lidarr";
    return s->app == SIM_SONARR ? "Sonarr" : "Radarr";
}

void get_api(struct ex *x)
{
    jw_object(&x->j, NULL);
    jw_str(&x->j, "current", "v3");
    jw_empty(&x->j, "deprecated");
}

void get_ping(struct ex *x)
{
    jw_object(&x->j, NULL);
    jw_str(&x->j, "status", "OK");
}

static bool is_net(const struct sim *s)
{
    return !is_old(s);
}

static void put_platform(struct ex *x)
{
    const struct sim *s = x->s;
    bool old_radarr = is_old(s) && s->app == SIM_RADARR, old_sonarr = is_old(s) && !old_radarr;
    if (!old_sonarr)
        jw_bool(&x->j, "isNetCore", is_net(s));
    if (old_sonarr)
        jw_bool(&x->j, "isMonoRuntime", true);
    if (is_old(s))
        jw_bool(&x->j, "isMono", true);
    jw_bool(&x->j, "isLinux", true);
    jw_bool(&x->j, "isOsx", false);
    jw_bool(&x->j, "isWindows", false);
    if (!old_sonarr)
        jw_bool(&x->j, "isDocker", is_net(s));
    jw_str(&x->j, "mode", "console");
    jw_str(&x->j, "branch", s->app == SIM_SONARR || is_old(s) ? "main" : "master");
    jw_str(&x->j, "authentication", is_old(s) ? "none" : "forms");
    if (is_old(s)) {
        jw_str(&x->j, "sqliteVersion", "3.40.1");
    } else {
        jw_str(&x->j, "databaseType", "sqLite");
        jw_str(&x->j, "databaseVersion", "3.49.2");
    }
    if (!old_sonarr)
        jw_int(&x->j, "migrationVersion", is_old(s) ? 188 : s->app == SIM_SONARR ? 217 : 242);
}

void get_status(struct ex *x)
{
    const struct sim *s = x->s;
    bool old_radarr = is_old(s) && s->app == SIM_RADARR;
    jw_object(&x->j, NULL);
    if (!old_radarr || is_on(s, B_wrong_app)) {
        jw_str(&x->j, "appName", app_name(s));
        jw_str(&x->j, "instanceName", app_name(s));
    }
    jw_str(&x->j, "version", api_version(s));
    jw_time(&x->j, "buildTime", s->world->began / DAYS(1) * DAYS(1) - DAYS(20) + 344);
    jw_bool(&x->j, "isDebug", false);
    jw_bool(&x->j, "isProduction", true);
    jw_bool(&x->j, "isAdmin", false);
    jw_bool(&x->j, "isUserInteractive", false);
    jw_str(&x->j, "startupPath", "/app/bin");
    jw_str(&x->j, "appData", "/config");
    jw_str(&x->j, "osName", is_old(s) ? "debian" : "alpine");
    jw_str(&x->j, "osVersion", is_old(s) ? "12" : "3.21.3");
    put_platform(x);
    jw_str(&x->j, "urlBase", s->base);
    jw_str(&x->j, "runtimeVersion", is_old(s) ? "6.8.0.105" : "6.0.35");
    jw_str(&x->j, "runtimeName", is_old(s) ? "mono" : "netcore");
    jw_time(&x->j, "startTime", s->started + (is_old(s) ? 844 : 0));
    jw_str(&x->j, "packageUpdateMechanism", is_old(s) ? "builtIn" : "docker");
}

/* ---- health ---- */

static void put_health(struct ex *x, const char *source, const char *type, const char *text)
{
    jw_object(&x->j, NULL);
    jw_str(&x->j, "source", source);
    jw_str(&x->j, "type", type);
    jw_str(&x->j, "message",
           is_on(x->s, B_localised_health) ? "Alle Indexer sind nicht verfügbar" : text);
    jw_str(&x->j, "wikiUrl",
           x->s->app == SIM_SONARR ? "https://wiki.servarr.com/sonarr/system#health"
                                   : "https://wiki.servarr.com/radarr/system#health");
    jw_close(&x->j);
}

static void put_all_down(struct ex *x, bool long_term)
{
    put_health(x, long_term ? "IndexerLongTermStatusCheck" : "IndexerStatusCheck", "error",
               long_term ? "All indexers are unavailable due to failures for more than 6 hours"
                         : "All indexers are unavailable due to failures");
    put_health(
        x, "IndexerSearchCheck", "warning",
        "All search-capable indexers are temporarily unavailable due to recent indexer errors");
    put_health(x, "IndexerRssCheck", "warning",
               "All rss-capable indexers are temporarily unavailable due to recent indexer errors");
}

void get_health(struct ex *x)
{
    const struct sim *s = x->s;
    int n_off = 0, n_blocked = 0, n_long = 0;
    const char *blocked = "";
    for (int i = 0; i < SIM_INDEXERS; i++) {
        const struct indexer *k = &s->indexers[i];
        bool is_blocked = k->state != SIM_INDEXER_OFF && !indexer_is_usable(s, k);
        n_off += k->state == SIM_INDEXER_OFF;
        n_blocked += is_blocked;
        n_long += is_blocked && s->now - k->failing_since > HOURS(6);
        blocked = is_blocked ? k->name : blocked;
    }
    jw_array(&x->j, NULL);
    bool is_stale = is_on(s, B_stale_health) && s->now < s->stale_until;
    if (n_off == SIM_INDEXERS)
        put_health(
            x, "IndexerSearchCheck", "warning",
            "No indexers available with Automatic Search enabled, Sonarr will not provide any "
            "automatic search results");
    else if (n_blocked + n_off == SIM_INDEXERS || is_stale)
        put_all_down(x, n_long == n_blocked && n_blocked);
    else if (n_blocked)
        put_health(x, "IndexerStatusCheck", "warning",
                   arena_printf(x->mem, "Indexers unavailable due to failures: %s", blocked));
}

/* ---- indexers ---- */

static void put_field(struct ex *x, int order, const char *name, const char *label,
                      const char *help, const char *value)
{
    jw_object(&x->j, NULL);
    jw_int(&x->j, "order", order);
    jw_str(&x->j, "name", name);
    jw_str(&x->j, "label", label);
    jw_opt(&x->j, "helpText", help);
    jw_opt(&x->j, "value", value);
    jw_str(&x->j, "type", "textbox");
    jw_bool(&x->j, "advanced", help != NULL);
    jw_close(&x->j);
}

static void put_indexer(struct ex *x, int i)
{
    const struct sim *s = x->s;
    const struct indexer *k = &s->indexers[i];
    bool is_enabled = k->state != SIM_INDEXER_OFF;
    jw_object(&x->j, NULL);
    jw_bool(&x->j, "enableRss", is_enabled);
    jw_bool(&x->j, "enableAutomaticSearch", is_enabled);
    jw_bool(&x->j, "enableInteractiveSearch", is_enabled);
    jw_bool(&x->j, "supportsRss", true);
    jw_bool(&x->j, "supportsSearch", true);
    jw_str(&x->j, "protocol", "usenet");
    jw_int(&x->j, "priority", 25);
    if (s->app == SIM_SONARR || !is_old(s))
        jw_int(&x->j, "downloadClientId", 0);
    jw_str(&x->j, "name", k->name);
    jw_array(&x->j, "fields");
    put_field(x, 0, "baseUrl", "URL", NULL, "http://127.0.0.1:9117");
    put_field(x, 1, "apiPath", "API Path", "Path to the api, usually /api", "/api");
    put_field(x, 2, "apiKey", "API Key", NULL, is_old(s) ? "indexer-secret" : "********");
    jw_close(&x->j);
    jw_str(&x->j, "implementationName", "Newznab");
    jw_str(&x->j, "implementation", "Newznab");
    jw_str(&x->j, "configContract", "NewznabSettings");
    jw_str(&x->j, "infoLink", "https://wiki.servarr.com/sonarr/supported#newznab");
    jw_empty(&x->j, "tags");
    jw_int(&x->j, "id", i + 1);
    jw_close(&x->j);
}

void get_indexers(struct ex *x)
{
    jw_array(&x->j, NULL);
    for (int i = 0; i < SIM_INDEXERS; i++)
        put_indexer(x, i);
}

void get_rootfolders(struct ex *x)
{
    jw_array(&x->j, NULL);
    jw_object(&x->j, NULL);
    jw_str(&x->j, "path", x->s->app == SIM_SONARR ? "/srv/tv" : "/srv/movies");
    jw_bool(&x->j, "accessible", true);
    jw_int(&x->j, "freeSpace", 75379769344);
    jw_empty(&x->j, "unmappedFolders");
    jw_int(&x->j, "id", 1);
}

void get_tags(struct ex *x)
{
    jw_array(&x->j, NULL);
    for (size_t i = 0; i < x->s->tags.n; i++) {
        jw_object(&x->j, NULL);
        jw_str(&x->j, "label", x->s->tags.at[i]);
        jw_int(&x->j, "id", (int64_t)i + 1);
        jw_close(&x->j);
    }
}

/* ---- quality profiles ---- */

static void put_leaf(struct ex *x, const struct quality *q, bool allowed)
{
    jw_object(&x->j, NULL);
    jw_object(&x->j, "quality");
    jw_int(&x->j, "id", q->id);
    jw_str(&x->j, "name", q->name);
    jw_str(&x->j, "source", x->s->app == SIM_SONARR ? q->source : q->radarr_source);
    jw_int(&x->j, "resolution", q->resolution);
    if (x->s->app == SIM_RADARR)
        jw_str(&x->j, "modifier", "none");
    jw_close(&x->j);
    jw_empty(&x->j, "items");
    jw_bool(&x->j, "allowed", allowed);
    jw_close(&x->j);
}

static const struct quality *put_group(struct ex *x, const struct quality *q, bool allowed)
{
    int group = q->group;
    jw_object(&x->j, NULL);
    jw_str(&x->j, "name", arena_printf(x->mem, "WEB %dp", q->resolution));
    jw_array(&x->j, "items");
    for (; q->name && q->group == group; q++)
        put_leaf(x, q, allowed);
    jw_close(&x->j);
    jw_bool(&x->j, "allowed", allowed);
    jw_int(&x->j, "id", group);
    jw_close(&x->j);
    return q;
}

static void put_items(struct ex *x, const struct profile *p)
{
    jw_array(&x->j, "items");
    for (const struct quality *q = qualities; q->name;) {
        bool allowed = quality_rank(q->id) >= quality_rank(p->lowest);
        if (q->group) {
            q = put_group(x, q, allowed);
            continue;
        }
        put_leaf(x, q, allowed && q->id);
        q++;
    }
    jw_close(&x->j);
}

static void put_profile(struct ex *x, const struct profile *p)
{
    bool has_scores = !is_old(x->s) || x->s->app == SIM_RADARR;
    jw_object(&x->j, NULL);
    jw_str(&x->j, "name", p->name);
    jw_bool(&x->j, "upgradeAllowed", p->is_upgrade_allowed);
    jw_int(&x->j, "cutoff", p->cutoff);
    put_items(x, p);
    if (has_scores) {
        jw_int(&x->j, "minFormatScore", 0);
        jw_int(&x->j, "cutoffFormatScore", is_old(x->s) ? 0 : p->cutoff_score);
        if (!is_old(x->s))
            jw_int(&x->j, "minUpgradeFormatScore", 1);
        jw_empty(&x->j, "formatItems");
    }
    if (x->s->app == SIM_RADARR) {
        jw_object(&x->j, "language");
        jw_int(&x->j, "id", 1);
        jw_str(&x->j, "name", "English");
        jw_close(&x->j);
    }
    jw_int(&x->j, "id", p->id);
    jw_close(&x->j);
}

void get_profiles(struct ex *x)
{
    jw_array(&x->j, NULL);
    for (int id = 1; profile_of(id); id++)
        put_profile(x, profile_of(id));
}
