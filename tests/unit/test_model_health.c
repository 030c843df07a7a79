/* The states of engine page section 9 as a table of observations, each with what is known after it.
 * Times are minutes since noon; the rules are the defaults (three failures, ten minutes). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/macros.h"
#include "close.h"
#include "model/health.h"

static const utc_t NOON = 1795435200000; /* 2026-11-23T12:00:00Z */

enum what { OK, SLOW, FAIL, TLS, KEY, LIST, WAIT };
struct step {
    double minute;
    enum what what;
    int n_down, n_warnings; /* LIST: whether indexers are down, and warnings */
    enum health_state state;
    const char *reason;
    double since; /* minute; -1: not looked at */
    double resumes;
};

static struct health_probe probe_of(const struct step *s, utc_t at)
{
    struct health_probe p = {.at = at, .took = 20, .message = "", .version = "4.0", .slow = ""};
    switch (s->what) {
    case SLOW: p.slow = "slow"; break;
    case FAIL:
        p.answer = HEALTH_FAILED;
        p.reason = "Unreachable";
        p.message = "refused";
        break;
    case TLS:
        p.answer = HEALTH_FAILED;
        p.reason = "TlsError";
        p.message = "expired";
        break;
    case KEY:
        p.answer = HEALTH_REFUSED;
        p.reason = "Unauthorized";
        p.message = "wrong key";
        break;
    case OK:
    case LIST:
    case WAIT: break;
    }
    return p;
}

static struct health stepped(const struct health *h, const struct health_rules *rules,
                             const struct step *s)
{
    utc_t at = NOON + (utc_t)(s->minute * 60000);
    struct health_probe p = probe_of(s, at);
    if (s->what == LIST)
        return health_listed(h, at, s->n_down > 0, 0, s->n_warnings);
    return s->what == WAIT ? health_waited(h, at) : health_probed(h, rules, &p);
}

static void play(const struct step *steps, size_t n, const struct health_rules *rules)
{
    struct health h = {0};
    for (size_t i = 0; i < n; i++) {
        const struct step *s = &steps[i];
        h = stepped(&h, rules, s);
        if (h.state != s->state || strcmp(h.reason, s->reason) != 0)
            fail_msg("step %zu: %s %s", i, health_names[h.state], h.reason);
        if (s->since >= 0 && h.since != NOON + (utc_t)(s->since * 60000))
            fail_msg("step %zu: since %lld", i, (long long)(h.since - NOON) / 60000);
        utc_t resumes = s->resumes ? NOON + (utc_t)(s->resumes * 60000) : 0;
        if (h.resumes != resumes)
            fail_msg("step %zu: resumes %lld", i, (long long)(h.resumes - NOON) / 60000);
    }
}

static const struct health_rules defaults = {.down_after = 3, .resume_backoff = MINUTES(10)};
#define PLAY(rules, ...)                                                                           \
    do {                                                                                           \
        static const struct step steps[] = {__VA_ARGS__};                                          \
        play(steps, COUNT(steps), rules);                                                          \
    } while (0)

static void three_failures_in_a_row_are_an_outage(void **state UNUSED)
{
    PLAY(&defaults, {0, OK, 0, 0, HEALTH_HEALTHY, "", 0}, {5, FAIL, 0, 0, HEALTH_HEALTHY, "", 0},
         {6, FAIL, 0, 0, HEALTH_HEALTHY, "", 0}, {7, OK, 0, 0, HEALTH_HEALTHY, "", 0},
         {8, FAIL, 0, 0, HEALTH_HEALTHY, "", 0}, {9, FAIL, 0, 0, HEALTH_HEALTHY, "", 0},
         {10, FAIL, 0, 0, HEALTH_DOWN, "Unreachable", 10},
         {15, TLS, 0, 0, HEALTH_DOWN, "TlsError", 10});
}

/* A start refuses many connections in a few seconds: they count once a minute. */
static void failures_close_together_count_once(void **state UNUSED)
{
    PLAY(&defaults, {0, OK, 0, 0, HEALTH_HEALTHY, "", 0}, {5, FAIL, 0, 0, HEALTH_HEALTHY, "", 0},
         {5.1, FAIL, 0, 0, HEALTH_HEALTHY, "", 0}, {5.5, FAIL, 0, 0, HEALTH_HEALTHY, "", 0},
         {6, FAIL, 0, 0, HEALTH_HEALTHY, "", 0}, {6.9, FAIL, 0, 0, HEALTH_HEALTHY, "", 0},
         {7, FAIL, 0, 0, HEALTH_DOWN, "Unreachable", 7});
}

static void what_never_answered_is_unknown_and_then_down(void **state UNUSED)
{
    struct health h = {0};
    assert_int_equal(health_condition(&h), -1);
    h = stepped(&h, &defaults, &(struct step){.minute = 0, .what = FAIL});
    assert_int_equal(h.state, HEALTH_UNKNOWN);
    assert_int_equal(health_condition(&h), 0);
    PLAY(&defaults, {0, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {1, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {2, FAIL, 0, 0, HEALTH_DOWN, "Unreachable", 2});
}

static void who_comes_back_is_waited_for(void **state UNUSED)
{
    PLAY(&defaults, {0, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {1, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {2, FAIL, 0, 0, HEALTH_DOWN, "Unreachable", 2},
         {20, OK, 0, 0, HEALTH_RECOVERING, "Recovering", 20, 30},
         {25, OK, 0, 0, HEALTH_RECOVERING, "Recovering", 20, 30},
         {29, WAIT, 0, 0, HEALTH_RECOVERING, "Recovering", 20, 30},
         {30, WAIT, 0, 0, HEALTH_HEALTHY, "", 30});
}

/* 10, 20, 40, 80, 120, 120; two hours after the wait the next outage is a first one again. */
static void the_wait_doubles_while_it_flaps(void **state UNUSED)
{
    static const double waits[] = {10, 20, 40, 80, 120, 120};
    struct health h = {.state = HEALTH_HEALTHY, .since = NOON - 1};
    double minute = 0;
    for (size_t i = 0; i < COUNT(waits); i++) {
        for (int k = 0; k < 3; k++)
            h = stepped(&h, &defaults, &(struct step){.minute = minute + k, .what = FAIL});
        assert_int_equal(h.state, HEALTH_DOWN);
        h = stepped(&h, &defaults, &(struct step){.minute = minute + 5, .what = OK});
        assert_int_equal(h.state, HEALTH_RECOVERING);
        assert_int_equal(h.resumes - h.back, (ms_t)(waits[i] * 60000));
        minute += 5 + waits[i] - 4; /* down again before the wait is over */
    }
    h = stepped(&h, &defaults, &(struct step){.minute = minute + 500, .what = OK});
    for (int k = 0; k < 3; k++)
        h = stepped(&h, &defaults, &(struct step){.minute = minute + 501 + k, .what = FAIL});
    h = stepped(&h, &defaults, &(struct step){.minute = minute + 510, .what = OK});
    assert_int_equal(h.resumes - h.back, MINUTES(10));
}

/* Down again minutes after the longest wait, every time: to have waited for two hours is no proof.
 */
static void the_wait_itself_is_no_proof(void **state UNUSED)
{
    struct health h = {.state = HEALTH_HEALTHY, .since = NOON - 1};
    h.back = NOON;
    h.backoff = MINUTES(120);
    for (int k = 0; k < 3; k++)
        h = stepped(&h, &defaults, &(struct step){.minute = 237 + k, .what = FAIL});
    h = stepped(&h, &defaults, &(struct step){.minute = 245, .what = OK});
    assert_int_equal(h.resumes - h.back, MINUTES(120));
    for (int k = 0; k < 3; k++) /* two hours after the wait of then: 365 + 120 */
        h = stepped(&h, &defaults, &(struct step){.minute = 483 + k, .what = FAIL});
    h = stepped(&h, &defaults, &(struct step){.minute = 490, .what = OK});
    assert_int_equal(h.resumes - h.back, MINUTES(10));
}

static void without_a_backoff_it_is_healthy_at_once(void **state UNUSED)
{
    static const struct health_rules none = {.down_after = 1};
    PLAY(&none, {0, FAIL, 0, 0, HEALTH_DOWN, "Unreachable", 0},
         {3, OK, 0, 0, HEALTH_HEALTHY, "", 3});
}

static void a_wrong_key_is_told_at_once_and_forgiven_at_once(void **state UNUSED)
{
    PLAY(&defaults, {0, OK, 0, 0, HEALTH_HEALTHY, "", 0},
         {5, KEY, 0, 0, HEALTH_MISCONFIGURED, "Unauthorized", 5},
         {10, KEY, 0, 0, HEALTH_MISCONFIGURED, "Unauthorized", 5},
         {15, OK, 0, 0, HEALTH_HEALTHY, "", 15});
}

/* Nothing could come of its first requests: that is known, and no outage whose repetition counts.
 */
static void who_was_mended_was_back_then(void **state UNUSED)
{
    struct health h = {0};
    h = stepped(&h, &defaults, &(struct step){.minute = 0, .what = FAIL});
    assert_true(health_is_out(&h));
    h = stepped(&h, &defaults, &(struct step){.minute = 1, .what = KEY});
    assert_true(health_is_out(&h));
    h = stepped(&h, &defaults, &(struct step){.minute = 2, .what = OK});
    assert_int_equal(h.state, HEALTH_HEALTHY);
    assert_false(health_is_out(&h));
    assert_int_equal(h.back, NOON + MINUTES(2));
    for (int k = 0; k < 3; k++)
        h = stepped(&h, &defaults, &(struct step){.minute = 10 + k, .what = FAIL});
    assert_true(health_is_out(&h));
    h = stepped(&h, &defaults, &(struct step){.minute = 20, .what = OK});
    assert_int_equal(h.resumes - h.back, MINUTES(10));
}

static void indexers_and_warnings_are_what_the_server_says(void **state UNUSED)
{
    PLAY(&defaults, {0, OK, 0, 0, HEALTH_HEALTHY, "", 0},
         {1, LIST, 1, 2, HEALTH_INDEXERS_DOWN, "IndexersUnavailable", 1},
         {5, OK, 0, 0, HEALTH_INDEXERS_DOWN, "IndexersUnavailable", 1},
         {6, LIST, 0, 2, HEALTH_DEGRADED, "Degraded", 6},
         {10, OK, 0, 0, HEALTH_DEGRADED, "Degraded", 6}, {16, LIST, 0, 0, HEALTH_HEALTHY, "", 16});
}

static void slow_answers_degrade_until_one_is_quick(void **state UNUSED)
{
    PLAY(&defaults, {0, OK, 0, 0, HEALTH_HEALTHY, "", 0},
         {5, SLOW, 0, 0, HEALTH_DEGRADED, "Degraded", 5},
         {6, LIST, 0, 0, HEALTH_DEGRADED, "Degraded", 5}, {10, OK, 0, 0, HEALTH_HEALTHY, "", 10});
}

/* What /health says of a server that does not answer is old news. */
static void a_list_ends_no_outage(void **state UNUSED)
{
    PLAY(&defaults, {0, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {1, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {2, FAIL, 0, 0, HEALTH_DOWN, "Unreachable", 2},
         {3, LIST, 0, 0, HEALTH_DOWN, "Unreachable", 2});
}

static void lists_are_read_every_quarter_of_an_hour(void **state UNUSED)
{
    struct health h = {0};
    assert_int_equal(health_list_due(&h, NOON), 0);
    h = health_listed(&h, NOON, false, 0, 0);
    assert_int_equal(health_list_due(&h, NOON), NOON + MINUTES(15));
    h = health_listed(&h, NOON, true, 0, 0);
    assert_int_equal(health_list_due(&h, NOON), NOON + MINUTES(5));
    assert_int_equal(health_list_due(&h, NOON - 1), 0); /* the clock was set back */
}

/* Five hours back in the middle of the ten minutes of a recovery: ten minutes from then. */
static void a_clock_set_back_prolongs_no_recovery(void **state UNUSED)
{
    PLAY(&defaults, {0, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {1, FAIL, 0, 0, HEALTH_UNKNOWN, "Unreachable", 0},
         {2, FAIL, 0, 0, HEALTH_DOWN, "Unreachable", 2},
         {3, OK, 0, 0, HEALTH_RECOVERING, "Recovering", 3, 13},
         {-295, OK, 0, 0, HEALTH_RECOVERING, "Recovering", 3, -285},
         {-290, OK, 0, 0, HEALTH_RECOVERING, "Recovering", 3, -285},
         {-285, WAIT, 0, 0, HEALTH_HEALTHY, "", -285});
}

/* Engine page, section 9. */
static void states_have_their_colours(void **state UNUSED)
{
    static const char *const colours[HEALTH_N] = {
        [HEALTH_UNKNOWN] = "grey",     [HEALTH_HEALTHY] = "green",
        [HEALTH_DEGRADED] = "yellow",  [HEALTH_INDEXERS_DOWN] = "yellow",
        [HEALTH_DOWN] = "red",         [HEALTH_RECOVERING] = "yellow",
        [HEALTH_MISCONFIGURED] = "red"};
    for (int i = 0; i < HEALTH_N; i++)
        assert_string_equal(health_colour_names[health_colour((enum health_state)i)], colours[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_failures_in_a_row_are_an_outage),
        cmocka_unit_test(failures_close_together_count_once),
        cmocka_unit_test(what_never_answered_is_unknown_and_then_down),
        cmocka_unit_test(who_comes_back_is_waited_for),
        cmocka_unit_test(the_wait_doubles_while_it_flaps),
        cmocka_unit_test(the_wait_itself_is_no_proof),
        cmocka_unit_test(without_a_backoff_it_is_healthy_at_once),
        cmocka_unit_test(a_wrong_key_is_told_at_once_and_forgiven_at_once),
        cmocka_unit_test(who_was_mended_was_back_then),
        cmocka_unit_test(indexers_and_warnings_are_what_the_server_says),
        cmocka_unit_test(slow_answers_degrade_until_one_is_quick),
        cmocka_unit_test(a_list_ends_no_outage),
        cmocka_unit_test(states_have_their_colours),
        cmocka_unit_test(lists_are_read_every_quarter_of_an_hour),
        cmocka_unit_test(a_clock_set_back_prolongs_no_recovery),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
