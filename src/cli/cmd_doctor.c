/* cli/cmd_doctor.c — is this a place where Splintarr can work? */
#include "base/jx.h"
#include "base/str.h"
#include "cli/checkup.h"
#include "cli/commands.h"
#include "cli/settings.h"

static const struct check *const lists[] = {file_checks, machine_checks};
static const char *const status_words[] = {
    [CHECK_OK] = "ok", [CHECK_WARN] = "warning", [CHECK_FAIL] = "problem"};

/* ---- settings, and where each comes from ---- */

struct setting {
    const char *flag, *variable, *value;
};

static const char *origin_of(const struct cli *c, const struct setting *s)
{
    struct cli_given none = {0};
    if (cli_flag(c, s->flag))
        return "flag";
    return setting_given(&none, s->flag, s->variable) ? "environment" : "default";
}

static void list_settings(const struct cli *c, json_t *ret)
{
    struct cli_given none = {0}; /* flags of the daemon: here only the environment can tell */
    const char *listen = setting_given(&none, "listen", "SPLINTARR_LISTEN");
    const struct setting settings[] = {
        {"config", "SPLINTARR_CONFIG", c->set.config},
        {"state", "SPLINTARR_STATE", c->set.state},
        {"key-file", "SPLINTARR_KEY_FILE", c->set.key_file},
        {"socket", "SPLINTARR_SOCKET", c->set.socket},
        {"secret-dir", "SPLINTARR_SECRET_DIR", c->set.secret_dirs ? c->set.secret_dirs[0] : NULL},
        {"listen", "SPLINTARR_LISTEN", listen ? listen : "127.0.0.1:7337"},
        {"public-url", "SPLINTARR_PUBLIC_URL", setting_given(&none, "", "SPLINTARR_PUBLIC_URL")},
        {"metrics-token-file", "SPLINTARR_METRICS_TOKEN_FILE",
         setting_given(&none, "", "SPLINTARR_METRICS_TOKEN_FILE")},
        {"log-level", "SPLINTARR_LOG_LEVEL",
         setting_given(c->given, "log-level", "SPLINTARR_LOG_LEVEL")},
        {"log-format", "SPLINTARR_LOG_FORMAT",
         setting_given(c->given, "log-format", "SPLINTARR_LOG_FORMAT")},
    };
    for (size_t i = 0; i < COUNT(settings); i++) {
        json_t *o = json_object();
        jx_put(o, "name", jx_string(settings[i].flag));
        jx_put(o, "value", jx_string(settings[i].value));
        jx_put(o, "from", jx_string(origin_of(c, &settings[i])));
        jx_push(ret, o);
    }
}

static void print_settings(const struct cli *c, const json_t *settings)
{
    size_t i;
    const json_t *o;
    cli_out(c, "\nSettings\n");
    json_array_foreach(settings, i, o)
    {
        const char *value = jx_str(o, "value");
        cli_out(c, "  %-18s %-11s  %s\n", jx_str(o, "name"), jx_str(o, "from"),
                value ? value : "-");
    }
}

/* ---- checks ---- */

static void print_check(const struct cli *c, const char *name, const struct checkup *x)
{
    cli_out(c, "%-8s %-13s %s\n", status_words[x->status], name, x->message);
    if (*x->remedy)
        cli_out(c, "%-8s %-13s = %s\n", "", "", x->remedy);
}

static json_t *check_json(const char *name, const struct checkup *x)
{
    json_t *o = json_object();
    jx_put(o, "check", jx_string(name));
    jx_put(o, "status", jx_string(status_words[x->status]));
    jx_put(o, "message", jx_string(x->message));
    jx_put(o, "remedy", *x->remedy ? jx_string(x->remedy) : json_null());
    return o;
}

static enum checkup_status look_at_all(const struct cli *c, json_t *ret)
{
    enum checkup_status worst = CHECK_OK;
    for (size_t i = 0; i < COUNT(lists); i++)
        for (const struct check *k = lists[i]; k->name; k++) {
            struct checkup x = {0};
            k->look(c, &x);
            worst = MAX(worst, x.status);
            if (!cli_is_json(c))
                print_check(c, k->name, &x);
            jx_push(ret, check_json(k->name, &x));
        }
    return worst;
}

static int run(struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *checks = json_array();
    CLEANUP(jx_decrefp) json_t *settings = json_array();
    bool is_healthy = look_at_all(c, checks) != CHECK_FAIL;
    list_settings(c, settings);
    if (cli_is_json(c)) {
        json_t *o = cli_object();
        jx_put(o, "healthy", json_boolean(is_healthy));
        jx_put(o, "checks", json_incref(checks));
        jx_put(o, "settings", json_incref(settings));
        cli_out_json(c, o);
    } else {
        print_settings(c, settings);
    }
    return is_healthy ? CLI_OK : CLI_NEGATIVE;
}

const struct command cmd_doctor = {
    .name = "doctor",
    .usage = "doctor",
    .doc = "check the environment: mounts, permissions, clock, key, database, limits",
    .help =
        "Says for each thing how it is and what mends it, and where each process setting comes\n"
        "from. Changes nothing and asks no server. Exit 1 when there is a problem.",
    .formats = "json",
    .run = run,
};
