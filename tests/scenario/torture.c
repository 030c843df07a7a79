/* scenario/torture.c — each scenario again and again: the program dies at the n-th fault point of
 * its `apply`, `run` and `advance` steps and is started anew, and perhaps dies again while it picks
 * up the pieces; or its n-th statement, file or exchange with a server fails, once or, of a
 * database that is locked, from then on until the step is over.
 *
 * Demanded after every one: nothing is searched twice inside its cooldown or against a gate, no cap
 * is exceeded in an hour, no grab that a server's history knows is lost, no attempt stays open, no
 * end of an exclusion is told twice or never, `db check` is clean, the next diff is empty, no queue
 * fails that did not fail undisturbed; and
 * whatever failed was told with what helps. usage: torture POINTS SCENARIO...   at most POINTS
 * deaths a scenario, and an eighth as many of each other kind, spread evenly: each falls somewhere
 * in its part of the scenario, always at the same place */
#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/rng.h"
#include "base/str.h"
#include "scenario/script.h"
#include "scenario/torture_judge.h"

/* What happens at the n-th opportunity, in the whole scenario. */
enum trial_kind {
    TRIAL_DEATH,
    TRIAL_SQL,
    TRIAL_LOCK,
    TRIAL_FILE,
    TRIAL_HTTP,
    TRIAL_RESTART,
    TRIAL_CLOCK,
    TRIAL_SKEW,
    N_TRIAL_KINDS
};
enum { FULL = 13, BUSY = 5, IO = 10 }; /* SQLITE_FULL, SQLITE_BUSY, SQLITE_IOERR */
static const struct trial {
    const char *name;
    enum trial_kind kind;
    int code;          /* deaths; of SQL; errno of files; of HTTP the fault; hours of the clock */
    const char *helps; /* must be told when it happens; NULL: it goes on by itself */
} trials[] = {
    {"death", TRIAL_DEATH, 1},
    {"death after death", TRIAL_DEATH, 2},
    {"disk full", TRIAL_SQL, FULL, "make room"},
    {"database locked", TRIAL_SQL, BUSY, "try again when it is done"},
    {"database locked for long", TRIAL_LOCK, BUSY, "try again when it is done"},
    {"disk error", TRIAL_SQL, IO, "splintarr db check"},
    {"file unreadable", TRIAL_FILE, EIO, "Input/output error"},
    {"connection reset", TRIAL_HTTP, SIM_FAULT_RESET},
    {"answer lost", TRIAL_HTTP, SIM_FAULT_LOST},
    {"no answer", TRIAL_HTTP, SIM_FAULT_TARPIT},
    {"answer cut", TRIAL_HTTP, SIM_FAULT_CUT},
    {"answer 503", TRIAL_HTTP, SIM_FAULT_STATUS},
    {"server restarts", TRIAL_RESTART, 0},
    {"clock put back", TRIAL_CLOCK, -3},
    {"clock put on", TRIAL_CLOCK, 5},
    {"server's clock put on", TRIAL_SKEW, 5},
};

static struct {
    const struct trial *trial;      /* NULL: opportunities are counted, none is taken */
    long passed[N_TRIAL_KINDS], at; /* opportunities so far; the one that is taken */
    int deaths;                     /* to come */
    bool is_armed;                  /* in the steps that count */
    bool is_over;                   /* it happened, and lasts no longer */
    char name[48];
    jmp_buf out;
    long undisturbed[N_TRIAL_KINDS]; /* how many there are when nothing happens, */
    struct remains remains;          /* and what is left then */
} fate;

static bool is_now(enum trial_kind kind)
{
    if (!fate.is_armed)
        return false;
    long n = ++fate.passed[kind];
    bool is_meant = fate.trial && fate.trial->kind == kind && !fate.is_over;
    return is_meant && (n == fate.at || (kind == TRIAL_LOCK && n > fate.at));
}

static void at_point(const char *name)
{
    enum { SOON = 5 };
    if (!is_now(TRIAL_DEATH) || fate.deaths == 0)
        return;
    if (--fate.deaths > 0)
        fate.at += 1 + fate.at % SOON;
    snprintf(fate.name, sizeof fate.name, "%s", name);
    longjmp(fate.out, 1);
}

/* Whoever begins waits for a lock, and may wait for long; to roll back needs neither lock nor room.
 */
static bool is_statement_to_fail(const char *name)
{
    bool is_locked = str_eq(name, "begin") && is_now(TRIAL_LOCK);
    return is_locked || (!str_eq(name, "rollback") && is_now(TRIAL_SQL));
}

static int at_operation(const char *what)
{
    if (str_eq(what, "file") ? !is_now(TRIAL_FILE) : !is_statement_to_fail(what))
        return 0;
    snprintf(fate.name, sizeof fate.name, "%s", what);
    return fate.trial->code;
}

/* Our clock is set, those of the servers are not. */
static void jump(struct stage *s, ms_t by)
{
    world_will_jump(s->world, by);
    s->clock.start += by;
}

static void at_request(void *ctx, struct sim *sim)
{
    if (is_now(TRIAL_HTTP))
        sim_fault(sim, "*", "/", (enum sim_fault)fate.trial->code, 503, 0, 1);
    if (is_now(TRIAL_RESTART))
        sim_restart(sim, SECONDS(30));
    if (is_now(TRIAL_CLOCK))
        jump(ctx, HOURS(fate.trial->code));
    if (is_now(TRIAL_SKEW))
        sim_set_clock(sim, HOURS(fate.trial->code));
}

static bool is_fatal(const struct step *s)
{
    return str_eq(s->words[0], "apply") || str_eq(s->words[0], "run") ||
           str_eq(s->words[0], "advance");
}

/* Counts of events and requests differ after a death; what must hold is checked at the end. */
static bool is_skipped(const struct step *s)
{
    return str_eq(s->words[0], "limit") ||
           (str_eq(s->words[0], "expect") && !str_eq(s->words[1], "diff") &&
            !str_eq(s->words[1], "problems"));
}

/* Plays one step; a death is followed by a new start of the same step. Deaths while the state is
 * opened or made are left to the end-to-end tests: inside one process the lock would outlive the
 * dead. */
static bool survive_death(struct play *p, const struct step *s, struct err *e)
{
    if (setjmp(fate.out) != 0) {
        p->has_died = true;
        fault_catch(NULL);
        stage_crash(&p->stage);
        if (!stage_open(&p->stage, e))
            return false;
    }
    fault_catch(at_point);
    bool ok = play_step(p, s, e);
    fault_catch(NULL);
    return ok;
}

/* A step that failed of what failed is done again, as somebody would who read the message. One that
 * went on though the state could not be written has told so. A file that nobody misses need not be
 * told of: then the next diff must not see a difference. */
static bool survive_failure(struct play *p, const struct step *s, struct err *e)
{
    const struct trial *t = fate.trial;
    const struct told told = told_so_far(&p->stage);
    long before = fate.passed[t->kind];
    fault_fail(at_operation);
    sim_transport_watch(p->stage.transport, at_request, &p->stage);
    p->has_died = true; /* whether a run fails is no longer what the script foresaw */
    bool ok = play_step(p, s, e);
    fault_fail(NULL);
    fate.is_armed = false;
    if (before >= fate.at || fate.passed[t->kind] < fate.at)
        return ok;
    fate.is_over = true;
    const char *unhelpful = told_unhelpfully(&p->stage, &told);
    if (unhelpful && t->kind != TRIAL_FILE) /* which file, and why, is all there is to say */
        return err_set(e, ERR_REMOTE, "that does not help: %s", unhelpful);
    bool is_told = !t->helps || was_told(&p->stage, &told, ok ? "" : e->msg, t->helps);
    if (!is_told && !(ok && t->kind == TRIAL_FILE))
        return err_set(e, ERR_DB, "it failed, and nobody was told that '%s' helps", t->helps);
    bool is_in_part = t->kind == TRIAL_FILE && is_told;
    return (ok && !is_in_part) || play_step(p, s, e);
}

static bool count_opportunities(struct play *p, const struct step *s, struct err *e)
{
    fault_catch(at_point);
    fault_fail(at_operation);
    sim_transport_watch(p->stage.transport, at_request, &p->stage);
    bool ok = play_step(p, s, e);
    fault_catch(NULL);
    fault_fail(NULL);
    return ok;
}

static bool survive(struct play *p, const struct step *s, struct err *e)
{
    if (!is_fatal(s))
        return play_step(p, s, e);
    if (!stage_open(&p->stage, e))
        return false;
    fate.is_armed = true;
    bool ok = !fate.trial                       ? count_opportunities(p, s, e)
              : fate.trial->kind == TRIAL_DEATH ? survive_death(p, s, e)
                                                : survive_failure(p, s, e);
    fate.is_armed = false;
    return ok;
}

/* ---- a play ---- */

static bool is_clean(struct stage *s, struct err *e)
{
    enum plan_status status;
    size_t problems;
    if (!stage_diff(s, &status, e) || !stage_check(s, &problems, e))
        return false;
    return (status == PLAN_IN_SYNC && problems == 0) ||
           err_set(e, ERR_DB, "%zu problems, the plan is %s", problems,
                   status == PLAN_IN_SYNC ? "empty" : "not empty");
}

/* One run by hand tells whether everything goes on; one more, hours later, whether nothing was left
 * hanging. Faults that the script meant for a request which was never made are none of it. */
static bool goes_on(struct stage *s, struct err *e)
{
    struct sim *sim;
    for (size_t i = 0; (sim = world_sim_at(s->world, i)); i++)
        sim_no_faults(sim);
    stage_kill(s);
    s->is_daemon = false;
    return stage_advance(s, HOURS(1), e) && stage_run(s, NULL, false, e) &&
           stage_advance(s, HOURS(3), e) && stage_run(s, NULL, false, e);
}

static bool converges(struct play *p, struct err *e)
{
    struct remains left;
    if (!is_clean(&p->stage, e) || !goes_on(&p->stage, e) || !what_remains(&p->stage, &left, e))
        return false;
    if (!fate.trial)
        fate.remains = left;
    bool clock_was_set = fate.trial && fate.trial->kind == TRIAL_CLOCK;
    return is_no_worse(&left, &fate.remains, e) && are_grabs_kept(&p->stage, e) &&
           are_caps_kept(&p->stage, clock_was_set, e) && are_ends_told_once(&p->stage, e) &&
           play_end(p, e);
}

static bool play_once(const struct script *s, struct err *e)
{
    CLEANUP(play_done) struct play p = {.cooldown = HOURS(6)};
    enum { SEED = 1 };
    if (!stage_set(&p.stage, SEED, e))
        return false;
    memset(fate.passed, 0, sizeof fate.passed);
    fate.is_over = false;
    for (size_t i = 0; i < s->steps.n; i++)
        if (!is_skipped(&s->steps.at[i]) && !survive(&p, &s->steps.at[i], e))
            return err_in(e, "line %d", s->steps.at[i].line);
    if (fate.trial && fate.passed[fate.trial->kind] < fate.at)
        return err_set(e, ERR_USAGE, "it did not come to that");
    return converges(&p, e);
}

/* Of a thousand places in the n-th part of a scenario one, always the same. */
static long place(const char *path, const struct trial *t, long n)
{
    uint64_t draw = (uint64_t)n;
    for (const char *c = path; *c; c++)
        draw = rng_mix(draw, (uint64_t)*c);
    return (long)(rng_mix(draw, (uint64_t)(t - trials)) % 1000);
}

static long try_all(const struct script *script, const char *path, const struct trial *t, long most,
                    long *ret_failed)
{
    long n_points = fate.undisturbed[t->kind], n_tried = MIN(n_points, most);
    for (long n = 0; n < n_tried; n++) {
        struct err e = {0};
        long at = 1 + (1000 * n + place(path, t, n)) * n_points / (1000 * n_tried);
        fate.trial = t;
        fate.at = at;
        fate.deaths = t->code;
        fate.name[0] = '\0';
        if (play_once(script, &e))
            continue;
        printf("FAILED %s, %s at %ld of %ld %s: %s\n", path, t->name, at, n_points, fate.name,
               e.msg);
        (*ret_failed)++;
    }
    return n_tried;
}

/* Once with nothing in the way, which counts the opportunities. */
static bool count(const struct script *script, const char *path, long *ret_failed)
{
    struct err e = {0};
    fate.trial = NULL;
    if (play_once(script, &e)) {
        memcpy(fate.undisturbed, fate.passed, sizeof fate.passed);
        return true;
    }
    printf("FAILED %s undisturbed: %s\n", path, e.msg);
    (*ret_failed)++;
    return false;
}

static void torture(const char *path, long most, long ret_n[], long *ret_failed)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(script_done) struct script script = {0};
    struct err e = {0};
    if (!script_read(path, arena, &script, &e)) {
        printf("FAILED %s: %s\n", path, e.msg);
        (*ret_failed)++;
        return;
    }
    bool ok = count(&script, path, ret_failed);
    for (size_t i = 0; ok && i < COUNT(trials); i++)
        ret_n[i] += try_all(&script, path, &trials[i], i == 0 ? most : (most + 7) / 8, ret_failed);
}

/* Where it can be read again; nobody reads the thousands of lines, but for SPL_EVENTS. */
static void log_into_memory(void)
{
    if (getenv("SPL_EVENTS"))
        return;
    CLEANUP(closep) int fd = memfd_create("log", MFD_CLOEXEC);
    if (fd < 0 || dup2(fd, STDERR_FILENO) < 0)
        perror("the log is not kept"); /* then every failure counts as untold */
}

int main(int argc, char **argv)
{
    long most = argc > 2 ? strtol(argv[1], NULL, 10) : 0, n[COUNT(trials)] = {0}, all = 0;
    long failed = 0;
    if (most < 1) {
        fprintf(stderr, "usage: torture POINTS SCENARIO...\n");
        return 2;
    }
    log_into_memory();
    setenv("SPLINTARR_SCENARIO_KEY", SIM_KEY, 1);
    setenv("SPLINTARR_SCENARIO_WRONG_KEY", "00000000000000000000000000000000", 1);
    for (int i = 2; i < argc; i++)
        torture(argv[i], most, n, &failed);
    for (size_t i = 0; i < COUNT(trials); i++)
        all += n[i];
    const char *results = getenv("SPL_RESULTS");
    FILE *f = results ? fopen(results, "a") : NULL;
    if (f) {
        fprintf(f, "%ld %ld 0\n", all - failed, failed);
        fclose(f);
    }
    printf("torture: ");
    for (size_t i = 0; i < COUNT(trials); i++)
        printf("%ld %s, ", n[i], trials[i].name);
    printf("%ld failed\n", failed);
    return failed > 0;
}
