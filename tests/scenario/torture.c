/* scenario/torture.c — each scenario again and again, the program dying at the n-th fault point of
 * its `apply`, `run` and `advance` steps and being started anew, while the servers live on.
 *
 * Demanded after every death: nothing is searched twice inside its cooldown or against a gate, no
 * grab that a server's history knows is lost, `db check` is clean, the next diff and run converge.
 * usage: torture POINTS SCENARIO...   at most POINTS deaths a scenario, spread evenly */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/str.h"
#include "scenario/script.h"
#include "store/searches.h"

static struct {
    long passed, die_at;
    char name[48];
    jmp_buf out;
} fate;

static void at_point(const char *name)
{
    if (++fate.passed != fate.die_at)
        return;
    snprintf(fate.name, sizeof fate.name, "%s", name);
    longjmp(fate.out, 1);
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
static bool survive(struct play *p, const struct step *s, struct err *e)
{
    if (!is_fatal(s))
        return play_step(p, s, e);
    if (!stage_open(&p->stage, e))
        return false;
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
           are_grabs_kept(p, e) && play_end(p, e);
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

static long torture(const char *path, long most, long *ret_failed)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(script_done) struct script script = {0};
    struct err e = {0};
    fate.die_at = 0;
    if (!script_read(path, arena, &script, &e) || !play_once(&script, &e)) {
        printf("FAILED %s before any death: %s\n", path, e.msg);
        (*ret_failed)++;
        return 0;
    }
    long n_points = fate.passed, n = 0;
    long step = n_points > most ? n_points / most : 1;
    for (long at = 1; at <= n_points; at += step, n++) {
        fate.die_at = at;
        fate.name[0] = '\0';
        e = (struct err){0};
        if (play_once(&script, &e))
            continue;
        printf("FAILED %s, dead at point %ld of %ld (%s): %s\n", path, at, n_points, fate.name,
               e.msg);
        (*ret_failed)++;
    }
    return n;
}

int main(int argc, char **argv)
{
    long most = argc > 2 ? strtol(argv[1], NULL, 10) : 0, n = 0, failed = 0;
    if (most < 1) {
        fprintf(stderr, "usage: torture POINTS SCENARIO...\n");
        return 2;
    }
    setenv("SPLINTARR_SCENARIO_KEY", SIM_KEY, 1);
    setenv("SPLINTARR_SCENARIO_WRONG_KEY", "00000000000000000000000000000000", 1);
    for (int i = 2; i < argc; i++)
        n += torture(argv[i], most, &failed);
    const char *results = getenv("SPL_RESULTS");
    FILE *f = results ? fopen(results, "a") : NULL;
    if (f) {
        fprintf(f, "%ld %ld 0\n", n - failed, failed);
        fclose(f);
    }
    printf("torture: %ld deaths, %ld failed\n", n, failed);
    return failed > 0;
}
