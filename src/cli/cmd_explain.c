/* cli/cmd_explain.c — what a kind or field means, from the field tables; and a schedule of the tree
 * in words, with its next runs. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "engine/named.h"
#include "model/config.h"
#include "model/timetable.h"
#include "model/value.h"

enum { RUNS_SHOWN = 5 };

static int list_kinds(const struct cli *c)
{
    cli_out(c, "Kinds of resources:");
    for (int k = 0; k < KIND_N; k++)
        cli_out(c, " %s", kind_names[k]);
    cli_out(c, "\nsplintarr explain queue, splintarr explain queue.cooldown, "
               "splintarr explain schedule/nightly\n");
    return CLI_OK;
}

/* ---- a schedule ---- */

/* "schedule/nightly", or "queue/tv-missing" for the one that it uses. */
static const struct schedule *find_schedule(const struct config *config, const char *address,
                                            struct err *e)
{
    const char *slash = strchr(address, '/');
    CLEANUP(freep) char *kind = mem_printf("%.*s", (int)(slash - address), address);
    int k = kind_find(kind);
    if (k != KIND_SCHEDULE && k != KIND_QUEUE) {
        err_set(e, ERR_USAGE,
                "explain takes schedule/NAME, queue/NAME, KIND or KIND.FIELD, not '%s'", address);
        return NULL;
    }
    const struct resource *r = config_find(config, (enum kind)k, slash + 1);
    if (!r) {
        const char *near = named_near(config, (enum kind)k, slash + 1);
        err_set(e, ERR_USAGE, "the tree has no %s%s%s%s", address, near ? "; did you mean '" : "",
                near ? near : "", near ? "'?" : "");
        return NULL;
    }
    return k == KIND_QUEUE ? ((const struct queue *)r->spec)->schedule.spec : r->spec;
}

/* As if a queue with it had just been applied, and each run began in time. */
static void next_runs(const struct timetable *t, utc_t now, utc_t ret[static RUNS_SHOWN])
{
    static const struct when_calendar nothing_airs;
    struct when_past past = {.since = now};
    for (int i = 0; i < RUNS_SHOWN; i++) {
        ret[i] = when_next(t, &past, &nothing_airs, now, 0).at;
        past.full = now = ret[i];
        if (!ret[i])
            return;
    }
}

/* As it would be written: "fri 18:00" by the clock that the schedule goes by. */
static const char *moment_in(const struct zone *zone, utc_t at, char ret[static VALUE_TEXT])
{
    struct civil c = zone_local(zone, at, NULL);
    const struct moment m = {.days = (uint8_t)(1u << c.weekday),
                             .minute = (int16_t)(c.hour * 60 + c.minute)};
    return value_print_moment(&m, ret);
}

static const char *left_out(const struct schedule *s)
{
    bool has_airing = s->adaptive || s->burst;
    return s->jitter && has_airing ? ", leaving out jitter and what airs"
           : s->jitter             ? ", leaving out jitter"
           : has_airing            ? ", leaving out what airs"
                                   : "";
}

static void print(const struct cli *c, const struct schedule *s, const char *words,
                  const struct zone *zone, const utc_t runs[static RUNS_SHOWN])
{
    char at[UTC_TEXT], moment[VALUE_TEXT];
    cli_out(c, "%s\n\nNext runs of a queue that begins now%s:\n", words, left_out(s));
    for (int i = 0; i < RUNS_SHOWN && runs[i]; i++)
        cli_out(c, "  %s  %s (%s)\n", utc_format_local(runs[i], at),
                moment_in(zone, runs[i], moment), zone_name(zone));
    if (!runs[0])
        cli_out(c, "  never\n");
}

static void print_json(const struct cli *c, const char *words, const utc_t runs[static RUNS_SHOWN])
{
    json_t *o = cli_object(), *next = json_array();
    for (int i = 0; i < RUNS_SHOWN && runs[i]; i++)
        jx_push(next, jx_time(runs[i]));
    jx_put(o, "schedule", jx_string(c->args[0]));
    jx_put(o, "words", jx_string(words));
    jx_put(o, "next", next);
    cli_out_json(c, o);
}

/* Jitter and what airs are left out of the five: they are no property of the schedule alone. */
static int show_schedule(const struct cli *c, const struct config *config,
                         const struct schedule *spec, utc_t now)
{
    CLEANUP(timetable_freep) struct timetable *whole = NULL, *plain = NULL;
    CLEANUP(zones_freep) struct zones *zones = zones_new();
    CLEANUP(buf_done) struct buf words;
    const struct zone *zone;
    struct schedule alone = *spec;
    utc_t runs[RUNS_SHOWN] = {0};
    struct err e = {0};
    alone.jitter = 0;
    alone.adaptive = NULL;
    alone.burst = NULL;
    buf_init(&words, BUF_TEXT);
    if (!zones_get(zones, spec->timezone, &zone, &e) ||
        !timetable_new(spec, config_settings(config), zones, &whole, &e) ||
        !timetable_new(&alone, config_settings(config), zones, &plain, &e))
        return cli_fail(c, &e);
    timetable_words(whole, &words);
    next_runs(plain, now, runs);
    if (cli_is_json(c))
        print_json(c, words.at, runs);
    else
        print(c, spec, words.at, zone, runs);
    return CLI_OK;
}

static int explain_schedule(const struct cli *c)
{
    CLEANUP(cli_tree_done) struct cli_tree t = {0};
    struct err e = {0};
    utc_t now = clock_utc(c->clock);
    const char *at = cli_flag(c, "at");
    if (at && !utc_parse(at, &now))
        return cli_failf(c, ERR_USAGE, "--at takes a time such as 2026-11-23T21:00:00Z, not '%s'",
                         at);
    if (!cli_tree_load(c, c->set.config, &t, &e))
        return cli_fail(c, &e);
    if (!t.config)
        return cli_invalid(c, &t, NULL);
    const struct schedule *spec = find_schedule(t.config, c->args[0], &e);
    return spec ? show_schedule(c, t.config, spec, now) : cli_fail(c, &e);
}

/* ---- the command ---- */

static int run(struct cli *c)
{
    if (c->n_args == 0)
        return list_kinds(c);
    if (strchr(c->args[0], '/'))
        return explain_schedule(c);
    if (cli_is_json(c) || cli_has(c, "at"))
        return cli_failf(c, ERR_USAGE, "-o json and --at go with schedule/NAME or queue/NAME");
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    struct err e;
    if (!explain_text(c->args[0], &text, &e))
        return cli_fail(c, &e);
    cli_out_buf(c, &text);
    return CLI_OK;
}

static const struct flag flags[] = {
    {.name = "at",
     .type = FLAG_VALUE,
     .value = "TIME",
     .doc = "with schedule/NAME: the runs after then"},
    {0},
};

const struct command cmd_explain = {
    .name = "explain",
    .usage = "explain [KIND[.FIELD] | schedule/NAME]",
    .doc = "what a kind or field means; a schedule in words, with its next runs",
    .help = "schedule/NAME (or queue/NAME: the schedule it uses) is read from the tree, applied or "
            "not.\nThe runs shown are those of a queue that begins now, without jitter and without "
            "what airs.",
    .examples = "  splintarr explain queue.order\n"
                "  splintarr explain schedule/nightly  in words, with its next five runs",
    .formats = "json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
