/* The token bucket. Every wait is worked out by hand in the comment beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/macros.h"
#include "http/limit.h"

static void tokens_come_back_with_time(void **state UNUSED)
{
    struct limit l;
    limit_init(&l, 5, 1000); /* five at once, then one each 200 ms */
    for (int i = 0; i < 5; i++)
        assert_int_equal(limit_take(&l, 1000), 0);
    assert_int_equal(limit_take(&l, 1000), 200);
    assert_int_equal(limit_take(&l, 1000), 400);
    assert_int_equal(limit_take(&l, 1400), 200); /* owed two, earned two, one more is lent */
    assert_int_equal(limit_take(&l, 9000), 0);
}

static void a_rest_earns_one_second_at_most(void **state UNUSED)
{
    struct limit l;
    limit_init(&l, 2, 0);
    assert_int_equal(limit_take(&l, 0), 0); /* one is left */
    for (int i = 0; i < 2; i++)             /* an hour earns 7200, but two is all it holds */
        assert_int_equal(limit_take(&l, 3600000), 0);
    assert_int_equal(limit_take(&l, 3600000), 500);
}

static void slow_ones_still_have_one_at_once(void **state UNUSED)
{
    struct limit l;
    limit_init(&l, 0.5, 0); /* one each 2000 ms */
    assert_int_equal(limit_take(&l, 0), 0);
    assert_int_equal(limit_take(&l, 0), 2000);
    assert_int_equal(limit_take(&l, 2000), 2000); /* the lent one is paid, the next is lent */
    assert_int_equal(limit_take(&l, 5000), 1000); /* earned 1.5 of 2 owed: 0.5 is 1000 ms away */
}

static void waits_are_rounded_up(void **state UNUSED)
{
    struct limit l;
    limit_init(&l, 3, 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(limit_take(&l, 0), 0);
    assert_int_equal(limit_take(&l, 0), 334); /* a third of a second is 333.3 ms */
}

/* Whoever waits as told never has more than the burst and the rate within any second. */
static void obeying_keeps_the_rate(void **state UNUSED)
{
    enum { TAKES = 200 };
    struct limit l;
    ms_t at[TAKES], now = 0;
    limit_init(&l, 4, 0);
    for (int i = 0; i < TAKES; i++) {
        now += limit_take(&l, now);
        at[i] = now;
    }
    for (int i = 0; i + 8 < TAKES; i++) /* a burst of four and four of the second's own */
        assert_true(at[i + 8] - at[i] >= 1000);
    assert_true(at[TAKES - 1] >= (TAKES - 4) * 250);
    assert_true(at[TAKES - 1] <= (TAKES - 4) * 250 + TAKES); /* each rounded up by 1 ms at most */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_come_back_with_time),
        cmocka_unit_test(a_rest_earns_one_second_at_most),
        cmocka_unit_test(slow_ones_still_have_one_at_once),
        cmocka_unit_test(waits_are_rounded_up),
        cmocka_unit_test(obeying_keeps_the_rate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
