/* cli/cmd_simulate.c — what the configuration would search in the days to come. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "base/str.h"
#include "cli/library_file.h"
#include "cli/simulate_report.h"
#include "cli/view.h"
#include "store/copy.h"
#include "store/health.h"
#include "store/pauses.h"

/* A directory of its own for the copy, gone as soon as that is open: whatever ends the simulation,
 * nothing is left behind. */
struct scratch {
    char *dir; /* NULL: there is none, or none any more */
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
    for (size_t i = 0; i < COUNT(files) && s->dir; i++) {
        CLEANUP(freep) char *path = mem_printf("%s/%s", s->dir, files[i]);
        unlink(path);
    }
    if (s->dir)
        rmdir(s->dir);
    mem_free(TAKE(s->dir));
}

static void scratch_done(struct scratch *s)
{
    s->store = store_close(s->store);
    s->loop = loop_free(s->loop);
    remove_dir(s);
}

static bool make_dir(struct scratch *s, struct err *e)
{
    const char *named = getenv("TMPDIR"), *base = named && *named ? named : "/tmp";
    CLEANUP(freep) char *dir = mem_printf("%s/splintarr-simulate.XXXXXX", base);
    if (!mkdtemp(dir))
        return err_set(e, ERR_IO, "cannot make a directory for the copy in '%s' (TMPDIR): %s", base,
                       strerror(errno));
    s->dir = TAKE(dir);
    return true;
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
    simulate_report(c, w, &s);
    return simulated_reached_all(&s) ? CLI_OK : CLI_NEGATIVE;
}

/* ---- what is left out, and holds queues now ---- */

static void note_pause(void *ctx, const struct pause *p)
{
    cli_note(ctx, "%s is paused: simulated as if it were not", p->address);
}

static bool note_unwell(const struct cli *c, const struct view *v, struct err *e)
{
    for (size_t i = 0; i < config_n(v->config); i++) {
        const struct resource *r = config_at(v->config, i);
        struct health h;
        if (r->kind != KIND_INSTANCE)
            continue;
        if (!health_get(v->store, r->name, &h, e))
            return false;
        if (h.state != HEALTH_UNKNOWN && health_holds_runs(h.state))
            cli_note(c, "instance/%s is %s: simulated as if it were well", r->name,
                     health_names[h.state]);
    }
    return true;
}

static bool note_passing(const struct cli *c, const struct view *v, struct err *e)
{
    return pauses_each(v->store, clock_utc(c->clock), note_pause, (void *)(uintptr_t)c, e) &&
           note_unwell(c, v, e);
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
    if (!note_passing(c, &v, &e) || !copy_state(c, v.store, &scratch, &e))
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
        "Pauses and the health of instances are left out; those that hold queues now are told.",
    .examples = "  splintarr simulate --days 60\n"
                "  splintarr simulate --from libraries.jsonl -C .  in a CI, without a state",
    .formats = "json",
    .flags = flags,
    .max_args = 0,
    .run = run,
};
