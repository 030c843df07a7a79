/* scenario/torture.c — each scenario again and again: the program dies at the n-th fault point of
 * its `apply`, `run` and `advance` steps and is started anew, or its n-th statement, file or
 * exchange with a server fails, once.
 *
 * Demanded after every one: nothing is searched twice inside its cooldown or against a gate, no cap
 * is exceeded in an hour, no grab that a server's history knows is lost, `db check` is clean, the
 * next diff and run converge. usage: torture POINTS SCENARIO...   at most POINTS deaths a scenario,
 * and an eighth as many failures of each kind, spread evenly */
#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"
#include "scenario/script.h"
#include "store/searches.h"

/* What happens at the n-th opportunity: once, in the whole scenario. */
enum trial_kind { TRIAL_DEATH, TRIAL_SQL, TRIAL_FILE, TRIAL_HTTP, TRIAL_RESTART, TRIAL_CLOCK };
enum { FULL = 13, BUSY = 5, IO = 10 }; /* SQLITE_FULL, SQLITE_BUSY, SQLITE_IOERR */
static const struct trial {
    const char *name;
    enum trial_kind kind;
    int code; /* of SQL; errno of files; of HTTP the fault; hours of the clock */
} trials[] = {
    {"death", TRIAL_DEATH, 0},
    {"disk full", TRIAL_SQL, FULL},
    {"database locked", TRIAL_SQL, BUSY},
    {"disk error", TRIAL_SQL, IO},
    {"file unreadable", TRIAL_FILE, EIO},
    {"connection reset", TRIAL_HTTP, SIM_FAULT_RESET},
    {"answer lost", TRIAL_HTTP, SIM_FAULT_LOST},
    {"no answer", TRIAL_HTTP, SIM_FAULT_TARPIT},
    {"answer cut", TRIAL_HTTP, SIM_FAULT_CUT},
    {"answer 503", TRIAL_HTTP, SIM_FAULT_STATUS},
    {"server restarts", TRIAL_RESTART, 0},
    {"clock put back", TRIAL_CLOCK, -3},
    {"clock put on", TRIAL_CLOCK, 5},
};

static struct {
    const struct trial *trial;
    long passed, at; /* opportunities so far; the one that is taken, 0: none */
    bool is_armed;   /* in the steps that count */
    char name[48];
    jmp_buf out;
} fate;

static bool is_now(enum trial_kind kind)
{
    return fate.is_armed && fate.trial->kind == kind && ++fate.passed == fate.at;
}

static void at_point(const char *name)
{
    if (!is_now(TRIAL_DEATH))
        return;
    snprintf(fate.name, sizeof fate.name, "%s", name);
    longjmp(fate.out, 1);
}

static int at_operation(const char *what)
{
    return is_now(str_eq(what, "sql") ? TRIAL_SQL : TRIAL_FILE) ? fate.trial->code : 0;
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
    fault_catch(at_point);
    bool has_died = setjmp(fate.out) != 0;
    if (has_died) {
        p->has_died = true;
        fault_catch(NULL);
        stage_crash(&p->stage);
    }
    bool ok = play_step(p, s, e);
    fault_catch(NULL);
    return ok;
}

static const enum log_level levels[] = {
#define EVENT(name, level, when) [EVENT_##name] = LOG_##level,
#include "model/event.def"
#undef EVENT
};

/* Warnings and worse: in the log, which goes to a file (see main), and among the events. */
static long n_told(const struct play *p)
{
    long n = lseek(STDERR_FILENO, 0, SEEK_CUR);
    for (size_t i = 0; i < p->stage.events.n; i++)
        n += levels[p->stage.events.at[i].event] >= LOG_WARNING;
    return n;
}

/* A step that failed of what failed is done again, as somebody would who read the message. One that
 * went on though the state could not be written has told so. */
static bool survive_failure(struct play *p, const struct step *s, struct err *e)
{
    long before = fate.passed, told = n_told(p);
    fate.is_armed = true;
    fault_fail(at_operation);
    sim_transport_watch(p->stage.transport, at_request, &p->stage);
    p->has_died = true; /* whether a run fails is no longer what the script foresaw */
    bool ok = play_step(p, s, e);
    fault_fail(NULL);
    fate.is_armed = false;
    bool has_failed = before < fate.at && fate.passed >= fate.at;
    if (ok && has_failed && fate.trial->kind == TRIAL_SQL && n_told(p) == told)
        return err_set(e, ERR_DB, "a statement failed, and nobody was told");
    /* A tenant's files that could not be read keep only what is theirs from being applied. */
    bool is_in_part = has_failed && fate.trial->kind == TRIAL_FILE && str_eq(s->words[0], "apply");
    return (ok && !is_in_part) || (has_failed && play_step(p, s, e));
}

static bool survive(struct play *p, const struct step *s, struct err *e)
{
    if (!is_fatal(s))
        return play_step(p, s, e);
    if (!stage_open(&p->stage, e))
        return false;
    fate.is_armed = true;
    bool ok = fate.trial->kind == TRIAL_DEATH ? survive_death(p, s, e) : survive_failure(p, s, e);
    fate.is_armed = false;
    return ok;
}

/* ---- what must hold at the end ---- */

static void add_grabs(void *ctx, const struct attempt *a)
{
    *(int64_t *)ctx += a->state == ATTEMPT_JUDGED ? a->grabs : 0;
}

static bool are_grabs_kept(struct play *p, struct err *e)
{
    struct attempt_filter all = {.limit = SIZE_MAX};
    int64_t known = 0, real = 0;
    const struct sim *sim;
    if (!attempts_each(p->stage.store, &all, add_grabs, &known, e))
        return false;
    for (size_t i = 0; (sim = world_sim_at(p->stage.world, i)); i++)
        real += sim_count_finds(sim);
    return known == real || err_set(e, ERR_DB, "searches grabbed %lld, the state knows %lld",
                                    (long long)real, (long long)known);
}

/* Of the searches that have ended up on this server, the most in an hour. The clock of the world
 * and the time that really went by must both say that it was an hour. */
static int64_t most_in_an_hour(const struct world *w, const struct sim *sim)
{
    const struct sim_search *all;
    size_t n = world_searches(w, &all);
    int64_t most = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t in_hour = 0;
        int last = 0;
        for (size_t k = i; k < n; k++) {
            const struct sim_search *a = &all[i], *b = &all[k];
            bool is_later = MAX(b->at - a->at, b->steady - a->steady) >= HOURS(1);
            if (b->sim != sim || a->sim != sim || b->by_user || is_later || b->command == last)
                continue;
            last = b->command;
            in_hour += str_eq(b->trigger, "manual");
        }
        most = MAX(most, in_hour);
    }
    return most;
}

static bool are_caps_kept(struct play *p, struct err *e)
{
    const struct sim *sim;
    for (size_t i = 0; (sim = world_sim_at(p->stage.world, i)); i++) {
        const struct resource *r =
            p->stage.config ? config_find(p->stage.config, KIND_INSTANCE, sim_name(sim)) : NULL;
        if (!r)
            continue;
        const struct limits *limits = &((const struct instance *)r->spec)->limits;
        /* Asked for before the clock was set, and begun after it. */
        int64_t late = fate.trial->kind == TRIAL_CLOCK ? limits->in_flight : 0;
        int64_t most = most_in_an_hour(p->stage.world, sim);
        if (most > limits->searches_per_hour + late)
            return err_set(e, ERR_DB, "%lld searches in an hour, %lld are allowed", (long long)most,
                           (long long)limits->searches_per_hour);
    }
    return true;
}

static bool converges(struct play *p, struct err *e)
{
    enum plan_status status;
    size_t problems;
    if (!stage_diff(&p->stage, &status, e) || !stage_check(&p->stage, &problems, e))
        return false;
    if (status != PLAN_IN_SYNC || problems)
        return err_set(e, ERR_DB, "%zu problems, the plan is %s", problems,
                       status == PLAN_IN_SYNC ? "empty" : "not empty");
    stage_kill(&p->stage);
    p->stage.is_daemon = false; /* one run by hand tells whether everything goes on */
    return stage_advance(&p->stage, HOURS(1), e) && stage_run(&p->stage, NULL, false, e) &&
           are_grabs_kept(p, e) && are_caps_kept(p, e) && play_end(p, e);
}

static bool play_once(const struct script *s, struct err *e)
{
    CLEANUP(play_done) struct play p = {.cooldown = HOURS(6)};
    enum { SEED = 1 };
    if (!stage_set(&p.stage, SEED, e))
        return false;
    fate.passed = 0;
    for (size_t i = 0; i < s->steps.n; i++)
        if (!is_skipped(&s->steps.at[i]) && !survive(&p, &s->steps.at[i], e))
            return err_in(e, "line %d", s->steps.at[i].line);
    return converges(&p, e);
}

static long try_at(const struct script *script, const char *path, long n_points, long most,
                   long *ret_failed)
{
    long n = 0, n_tried = MIN(n_points, most);
    for (; n < n_tried; n++) {
        struct err e = {0};
        long at = fate.at =
            1 + (2 * n + 1) * n_points / (2 * n_tried); /* in the middle of each part */
        fate.name[0] = '\0';
        if (play_once(script, &e))
            continue;
        printf("FAILED %s, %s at %ld of %ld %s: %s\n", path, fate.trial->name, at, n_points,
               fate.name, e.msg);
        (*ret_failed)++;
    }
    return n;
}

/* Once with nothing in the way, which counts the opportunities; trials of a kind share them. */
static bool count(const struct script *script, const char *path, const struct trial *trial,
                  long *ret_failed)
{
    struct err e = {0};
    fate.trial = trial;
    fate.at = 0;
    if (play_once(script, &e))
        return true;
    printf("FAILED %s before any %s: %s\n", path, trial->name, e.msg);
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
    long n_points = 0;
    for (size_t i = 0; i < COUNT(trials); i++) {
        bool is_death = trials[i].kind == TRIAL_DEATH;
        if (i == 0 || trials[i].kind != trials[i - 1].kind) {
            if (!count(&script, path, &trials[i], ret_failed))
                return;
            n_points = fate.passed;
        }
        fate.trial = &trials[i];
        ret_n[i] += try_at(&script, path, n_points, is_death ? most : (most + 7) / 8, ret_failed);
    }
}

/* Where n_told can measure it; nobody reads the thousands of lines, but for SPL_EVENTS. */
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
