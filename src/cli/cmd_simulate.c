/* cli/cmd_simulate.c — what the configuration would search in the days to come. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/jx.h"
#include "base/rng.h"
#include "base/str.h"
#include "cli/library_file.h"
#include "cli/table.h"
#include "cli/view.h"
#include "engine/simulate.h"
#include "store/copy.h"

struct wish {
    int64_t days, seed;
    bool finds;
    const char *snapshot; /* NULL: the state's own library */
};

/* A directory of its own for the copy, gone as soon as that is open: whatever ends the simulation,
 * nothing is left behind. */
struct scratch {
    char dir[128];
    struct virtual_clock clock;
    struct loop *loop;
    struct store *store;
};

static bool scratch_init(const struct cli *c, struct scratch *s, struct err *e)
{
    virtual_clock_init(&s->clock, clock_utc(c->clock));
    s->loop = loop_new_virtual(&s->clock);
    return loop_catch_signals(s->loop, e);
}

static void remove_dir(struct scratch *s)
{
    static const char *const files[] = {"splintarr.db", "splintarr.db-wal", "splintarr.db-shm",
                                        "lock", "key"};
    for (size_t i = 0; i < COUNT(files) && *s->dir; i++) {
        CLEANUP(freep) char *path = mem_printf("%s/%s", s->dir, files[i]);
        unlink(path);
    }
    if (*s->dir)
        rmdir(s->dir);
    *s->dir = '\0';
}

static void scratch_done(struct scratch *s)
{
    s->store = store_close(s->store);
    s->loop = loop_free(s->loop);
    remove_dir(s);
}

static bool make_dir(struct scratch *s, struct err *e)
{
    const char *base = getenv("TMPDIR");
    snprintf(s->dir, sizeof s->dir, "%.90s/splintarr-simulate.XXXXXX", base ? base : "/tmp");
    if (mkdtemp(s->dir))
        return true;
    err_set(e, ERR_IO, "cannot make a directory for the copy in '%.90s' (TMPDIR): %s",
            base ? base : "/tmp", strerror(errno));
    *s->dir = '\0';
    return false;
}

/* From here on the copy has no name, and no journal that would need one. */
static bool scratch_open(struct scratch *s, const char *key_file, enum store_mode mode,
                         struct err *e)
{
    const struct store_setup setup = {
        .dir = s->dir, .key_file = key_file, .mode = mode, .clock = &s->clock.clock};
    enum store_found found;
    if (!store_open(&setup, &s->store, &found, e) || !store_careless(s->store, e))
        return false;
    remove_dir(s);
    return true;
}

/* ---- from the state ---- */

static bool copy_state(const struct cli *c, struct store *from, struct scratch *s, struct err *e)
{
    CLEANUP(freep)
    char *key = c->set.key_file ? mem_strdup(c->set.key_file) : mem_printf("%s/key", c->set.state);
    return make_dir(s, e) && store_copy_into(from, s->dir, e) &&
           scratch_open(s, key, STORE_WRITE, e);
}

/* ---- from a snapshot ---- */

static bool read_snapshot(const struct wish *w, struct scratch *s, struct err *e)
{
    return make_dir(s, e) && scratch_open(s, NULL, STORE_CREATE, e) &&
           library_file_read(w->snapshot, s->store, e);
}

/* ---- the report ---- */

static json_t *queue_json(const struct simulated_queue *q)
{
    json_t *o = json_object(), *named = json_array();
    for (size_t i = 0; i < q->named.n; i++)
        jx_push(named, jx_string(q->named.at[i]));
    jx_put(o, "queue", jx_string(q->queue));
    jx_put(o, "instance", jx_string(q->instance));
    jx_put(o, "suspended", json_boolean(q->is_suspended));
    jx_put(o, "library_known", json_boolean(!q->is_unread));
    jx_put(o, "runs", json_integer(q->runs));
    jx_put(o, "gated", json_integer(q->gated));
    jx_put(o, "gate", *q->gate ? jx_string(q->gate) : json_null());
    jx_put(o, "next", jx_time(q->next));
    jx_put(o, "searches", json_integer(q->searches));
    jx_put(o, "found", json_integer(q->found));
    jx_put(o, "eligible", json_integer(q->eligible));
    jx_put(o, "never_searched", json_integer(q->never));
    jx_put(o, "for_example", named);
    return o;
}

static json_t *instance_json(const struct simulated_instance *i)
{
    json_t *o = json_object();
    jx_put(o, "instance", jx_string(i->name));
    jx_put(o, "searches", json_integer(i->searches));
    jx_put(o, "found", json_integer(i->found));
    jx_put(o, "indexer_queries", json_integer(i->queries));
    jx_put(o, "most_in_an_hour", json_integer(i->most_hour));
    jx_put(o, "searches_per_hour", json_integer(i->cap_hour));
    jx_put(o, "most_in_a_day", json_integer(i->most_day));
    jx_put(o, "searches_per_day", json_integer(i->cap_day));
    return o;
}

static void print_json(const struct cli *c, const struct wish *w, const struct simulated *s)
{
    json_t *o = cli_object(), *queues = json_array(), *instances = json_array();
    for (size_t i = 0; i < s->instances.n; i++)
        jx_push(instances, instance_json(&s->instances.at[i]));
    for (size_t i = 0; i < s->queues.n; i++)
        jx_push(queues, queue_json(&s->queues.at[i]));
    jx_put(o, "from", jx_time(s->from));
    jx_put(o, "until", jx_time(s->until));
    jx_put(o, "days", json_integer(w->days));
    jx_put(o, "seed", json_integer(w->seed));
    jx_put(o, "finds", jx_string(w->finds ? "rates" : "none"));
    jx_put(o, "reached_all", json_boolean(simulated_reached_all(s)));
    jx_put(o, "instances", instances);
    jx_put(o, "queues", queues);
    cli_out_json(c, o);
}

static void print_instances(const struct cli *c, const struct wish *w, const struct simulated *s)
{
    static const char *const headings[] = {
        "INSTANCE",     "SEARCHES",        "PER DAY", "MOST IN 1 H",
        "MOST IN 24 H", "INDEXER QUERIES", "FOUND",   NULL};
    CLEANUP(table_done) struct table t;
    table_init(&t, headings);
    for (size_t k = 0; k < s->instances.n; k++) {
        const struct simulated_instance *i = &s->instances.at[k];
        table_cell(&t, i->name);
        table_cellf(&t, "%" PRId64, i->searches);
        table_cellf(&t, "%.1f", (double)i->searches / (double)w->days);
        table_cellf(&t, "%" PRId64 " of %" PRId64, i->most_hour, i->cap_hour);
        table_cellf(&t, "%" PRId64 " of %" PRId64, i->most_day, i->cap_day);
        table_cellf(&t, "%" PRId64, i->queries);
        table_cellf(&t, "%" PRId64, i->found);
    }
    cli_out_table(c, &t);
}

static void print_queues(const struct cli *c, const struct simulated *s)
{
    static const char *const headings[] = {"QUEUE",    "RUNS",  "SEARCHES", "FOUND",
                                           "ELIGIBLE", "NEVER", NULL};
    CLEANUP(table_done) struct table t;
    table_init(&t, headings);
    for (size_t i = 0; i < s->queues.n; i++) {
        const struct simulated_queue *q = &s->queues.at[i];
        table_cellf(&t, "%s@%s", q->queue, q->instance);
        table_cellf(&t, "%" PRId64, q->runs);
        table_cellf(&t, "%" PRId64, q->searches);
        table_cellf(&t, "%" PRId64, q->found);
        table_cellf(&t, "%" PRId64, q->eligible);
        table_cellf(&t, "%" PRId64, q->never);
    }
    cli_out_table(c, &t);
}

static void say_idle(const struct cli *c, const struct simulated_queue *q)
{
    char next[UTC_TEXT];
    if (q->gated)
        cli_out(c, "queue/%s@%s never ran to its end: %s\n", q->queue, q->instance, q->gate);
    else if (q->next)
        cli_out(c, "queue/%s@%s does not run in that time: its next run is %s\n", q->queue,
                q->instance, utc_format_local(q->next, next));
    else
        cli_out(c, "queue/%s@%s never runs: its schedule leaves it no time\n", q->queue,
                q->instance);
}

static void say_queue(const struct cli *c, const struct wish *w, const struct simulated_queue *q)
{
    if (q->is_suspended)
        return;
    if (q->is_unread)
        cli_out(c, "queue/%s@%s: nothing is known of that library (splintarr refresh %s)\n",
                q->queue, q->instance, q->instance);
    if (q->runs == 0)
        say_idle(c, q);
    if (q->never == 0)
        return;
    cli_out(c,
            "queue/%s@%s: %" PRId64 " of %" PRId64 " items never got a turn in %" PRId64
            " day%s, such as %s\n",
            q->queue, q->instance, q->never, q->eligible, w->days, w->days == 1 ? "" : "s",
            q->named.at[0]);
    if (q->searches)
        cli_out(c,
                "  at this pace a round takes %.0f days: a larger batch, or a shorter interval\n",
                (double)q->eligible * (double)w->days / (double)q->searches);
}

static void print_text(const struct cli *c, const struct wish *w, const struct simulated *s)
{
    char from[UTC_TEXT], until[UTC_TEXT];
    cli_out(
        c, "%" PRId64 " day%s, %s to %s; %s; --seed %" PRId64 "\n\n", w->days,
        w->days == 1 ? "" : "s", utc_format_local(s->from, from), utc_format_local(s->until, until),
        w->finds ? "finds drawn from the rates learned so far" : "nothing is ever found", w->seed);
    print_instances(c, w, s);
    cli_out(c, "\n");
    print_queues(c, s);
    cli_out(c, "\n");
    for (size_t i = 0; i < s->queues.n; i++)
        say_queue(c, w, &s->queues.at[i]);
    if (s->queues.n == 0)
        cli_out(c, "No queue runs on any instance: nothing was simulated.\n");
    else if (simulated_reached_all(s))
        cli_out(c, "Every queue ran, and everything that could be searched was.\n");
}

/* ---- the command ---- */

static bool read_number(const struct cli *c, const char *flag, int64_t least, int64_t most,
                        int64_t *ret, struct err *e)
{
    const char *text = cli_flag(c, flag);
    if (!text || (str_int(text, ret) && *ret >= least && *ret <= most))
        return true;
    return err_set(e, ERR_USAGE, "--%s takes a number from %" PRId64 " to %" PRId64 ", not '%.40s'",
                   flag, least, most, text);
}

static bool read_wish(const struct cli *c, struct wish *ret, struct err *e)
{
    const char *finds = cli_flag(c, "finds");
    uint64_t seed = 0;
    *ret = (struct wish){.days = 30, .finds = true, .snapshot = cli_flag(c, "from")};
    if (!rng_bytes(&seed, sizeof seed, e))
        return false;
    ret->seed = (int64_t)(seed % 1000000);
    if (finds && !str_eq(finds, "rates") && !str_eq(finds, "none"))
        return err_set(e, ERR_USAGE, "--finds takes 'rates' or 'none', not '%.40s'", finds);
    ret->finds = !str_eq(finds, "none");
    return read_number(c, "days", 1, SIMULATE_DAYS_MAX, &ret->days, e) &&
           read_number(c, "seed", 0, INT64_MAX, &ret->seed, e);
}

static int play(const struct cli *c, const struct wish *w, struct scratch *scratch,
                const struct config *config)
{
    CLEANUP(simulated_done) struct simulated s = {0};
    struct err e = {0};
    const struct simulate_setup setup = {.store = scratch->store,
                                         .config = config,
                                         .loop = scratch->loop,
                                         .days = w->days,
                                         .seed = (uint64_t)w->seed,
                                         .finds = w->finds};
    if (!simulate(&setup, &s, &e))
        return cli_fail(c, &e);
    if (s.is_interrupted) {
        cli_note(c, "interrupted; nothing was changed");
        return 128 + loop_signal(scratch->loop);
    }
    if (cli_is_json(c))
        print_json(c, w, &s);
    else
        print_text(c, w, &s);
    return simulated_reached_all(&s) ? CLI_OK : CLI_NEGATIVE;
}

static int from_state(const struct cli *c, const struct wish *w)
{
    CLEANUP(view_done) struct view v = {0};
    CLEANUP(scratch_done) struct scratch scratch = {0};
    struct err e = {0};
    int status;
    if (!scratch_init(c, &scratch, &e))
        return cli_fail(c, &e);
    if (!view_open(c, &v, &status))
        return status;
    if (!copy_state(c, v.store, &scratch, &e))
        return cli_fail(c, &e);
    return play(c, w, &scratch, v.config);
}

static int from_snapshot(const struct cli *c, const struct wish *w)
{
    CLEANUP(cli_tree_done) struct cli_tree tree = {0};
    CLEANUP(scratch_done) struct scratch scratch = {0};
    struct err e = {0};
    if (!scratch_init(c, &scratch, &e))
        return cli_fail(c, &e);
    if (!cli_tree_load(c, c->set.config, &tree, &e))
        return cli_fail(c, &e);
    if (!tree.config)
        return cli_invalid(c, &tree, "nothing is simulated");
    if (!read_snapshot(w, &scratch, &e))
        return cli_fail(c, &e);
    return play(c, w, &scratch, tree.config);
}

static int run(struct cli *c)
{
    struct wish w;
    struct err e = {0};
    if (!read_wish(c, &w, &e))
        return cli_fail(c, &e);
    return w.snapshot ? from_snapshot(c, &w) : from_state(c, &w);
}

static const struct flag flags[] = {
    {"days", 0, FLAG_VALUE, "N", "how many days (30)"},
    {"from", 0, FLAG_VALUE, "FILE", "libraries of 'export library', and the tree's configuration"},
    {"finds", 0, FLAG_VALUE, "HOW",
     "rates: as often as searches found something so far; none: never (rates)"},
    {"seed", 0, FLAG_VALUE, "N", "the same seed gives the same finds"},
    {0},
};

const struct command cmd_simulate = {
    .name = "simulate",
    .usage = "simulate [--days N] [--from FILE]",
    .doc = "what the queues would search in the days to come, and what never gets a turn",
    .help =
        "Runs the real schedules, limits and ranking on a clock of its own over a copy of the\n"
        "stored libraries; asks no server and changes nothing. Exit code 1 when a queue that is\n"
        "not suspended never runs to its end, an item that could be searched at the beginning\n"
        "never is, or a library was never read: for a CI that has the tree and a file of\n"
        "  splintarr export library >libraries.jsonl\n"
        "Pauses and the health of instances are left out.",
    .examples = "  splintarr simulate --days 60\n"
                "  splintarr simulate --from libraries.jsonl -C .  in a CI, without a state",
    .formats = "json",
    .flags = flags,
    .max_args = 0,
    .run = run,
};
