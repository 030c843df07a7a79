/* Death at every fault point of a piece of work — the first opening with its key, and transactions
 * that keep two values equal — then the next process: it opens, the database is clean, no
 * transaction is half there and none that was acknowledged is lost (SIGKILL and _exit leave the
 * same files behind). The parent never opens a store itself: fault points are counted per process.
 */
#include <string.h>
#include <sys/wait.h>

#include "base/fault.h"
#include "base/file.h"
#include "store/searches.h"
#include "unit/store_state.h"

enum { ROUNDS = 4, PROBLEM = 3 };

static bool set_both(struct store *s, const char *value, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    return tx_begin(s, &tx, e) && store_meta_set(s, "left", value, e) &&
           store_meta_set(s, "right", value, e) && tx_commit(&tx, e);
}

static bool search_once(struct store *s, utc_t now, struct err *e)
{
    bool is_done;
    struct attempt a = {.queue = "q",
                        .instance = "tv",
                        .strategy = "missing",
                        .identity = "tmdb:1",
                        .title = "",
                        .message = "",
                        .intended = now};
    if (!attempt_add(s, &a, &a.id, e))
        return false;
    a.verdict = VERDICT_NOTHING;
    return attempt_judge(s, &a, &is_done, e);
}

/* Writes each acknowledged round to `acks`, outside the database. */
static bool work(struct state *t, const char *acks)
{
    enum store_found found;
    if (!state_try(t, STORE_CREATE, &t->store, &found))
        return false;
    for (int i = 1; i <= ROUNDS; i++) {
        char value[8];
        int n = snprintf(value, sizeof value, "%d", i);
        if (!set_both(t->store, value, &t->e) || !search_once(t->store, NOON + i, &t->e) ||
            !file_write_atomic(acks, value, (size_t)n, 0600, &t->e))
            return false;
    }
    t->store = store_close(t->store);
    return true;
}

static void complain(void *ctx UNUSED, const char *problem)
{
    fprintf(stderr, "db check: %s\n", problem);
}

static int number_in(struct state *t, const char *name)
{
    CLEANUP(freep) char *value = NULL;
    OK(t, store_meta_get(t->store, name, &value, &t->e));
    return value ? (int)strtol(value, NULL, 10) : 0;
}

static int acknowledged(struct state *t, const char *acks)
{
    CLEANUP(buf_done) struct buf b = {0};
    if (!file_exists(acks))
        return 0;
    OK(t, file_read(acks, 8, &b, &t->e));
    return (int)strtol(b.at, NULL, 10);
}

static void count_attempt(void *ctx, const struct attempt *a UNUSED)
{
    ++*(int *)ctx;
}

static void count_rollup(void *ctx, const struct rollup *r)
{
    *(int *)ctx += (int)r->searches;
}

/* What the next process finds. */
static bool is_whole(struct state *t, const char *acks)
{
    enum store_found found;
    size_t n = 0;
    int n_judged = 0, n_rolled = 0, least = acknowledged(t, acks);
    OK(t, state_try(t, STORE_CREATE, &t->store, &found));
    OK(t, store_check(t->store, complain, NULL, &n, &t->e));
    OK(t, attempts_each(t->store, &(struct attempt_filter){.verdict = VERDICT_NOTHING},
                        count_attempt, &n_judged, &t->e));
    OK(t, rollups_each(t->store, 0, count_rollup, &n_rolled, &t->e));
    int left = number_in(t, "left"), right = number_in(t, "right");
    return n == 0 && left == right && left >= least && n_judged >= least && n_judged == n_rolled;
}

static int run_child(struct state *t, const char *acks, int kill_at,
                     bool (*job)(struct state *t, const char *acks))
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        char text[12];
        snprintf(text, sizeof text, "%d", kill_at);
        setenv("SPLINTARR_FAULT_KILL", text, 1);
        if (!freopen("/dev/null", "w", stderr))
            _exit(PROBLEM);
        _exit(job(t, acks) ? 0 : PROBLEM);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void no_death_leaves_half_of_anything(void **state)
{
    int status = FAULT_EXIT, n_deaths = 0;
    state_teardown(state);
    for (int kill_at = 1; status == FAULT_EXIT; kill_at++) {
        assert_true(kill_at < 500);
        assert_int_equal(state_setup(state), 0);
        struct state *t = *state;
        CLEANUP(freep) char *acks = mem_printf("%s/acks", t->root);
        status = run_child(t, acks, kill_at, work);
        n_deaths += status == FAULT_EXIT;
        if (run_child(t, acks, -1, is_whole) != 0)
            fail_msg("after death %d something is missing, halved or damaged", kill_at);
        state_teardown(state);
    }
    assert_int_equal(status, 0);
    assert_int_equal(state_setup(state), 0);
#ifdef SPL_FAULTS
    /* Each of 4 rounds passes store.begin, store.commit and store.committed three times. */
    assert_true(n_deaths >= 36);
#else
    assert_int_equal(n_deaths, 0);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_death_leaves_half_of_anything, state_setup,
                                        state_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
