/* Counts of answers by hour, and their quantiles: classes end at floor(2^(i/4)) ms, so 20 ms lies
 * in the class that ends at floor(2^4.5) = 22, 1000 ms in that of 1024, 3000 ms in that of
 * floor(2^11.75) = 3444. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/macros.h"
#include "close.h"
#include "model/answers.h"

static const utc_t NOON = 1795435200000; /* 2026-11-23T12:00:00Z */

static void quantiles_and_rates_of_a_day(void **state UNUSED)
{
    struct answers a = {0};
    for (int i = 0; i < 94; i++)
        answers_add(&a, NOON + i, 20, ANSWER_GOOD);
    for (int i = 0; i < 4; i++)
        answers_add(&a, NOON + HOURS(1), 1000, ANSWER_ERROR);
    for (int i = 0; i < 2; i++)
        answers_add(&a, NOON + HOURS(2), 3000, ANSWER_TIMEOUT);
    struct answers_sum sum = answers_day(&a, NOON + HOURS(2));
    assert_int_equal(sum.n, 100);
    assert_close(sum.average, (94 * 20 + 4 * 1000 + 2 * 3000) / 100.0); /* 118.8 */
    assert_close(sum.median, 22);
    assert_close(sum.p95, 1024);
    assert_close(sum.error_rate, 0.06);
    assert_close(sum.timeout_rate, 0.02);
}

static void a_day_later_it_is_forgotten(void **state UNUSED)
{
    struct answers a = {0};
    answers_add(&a, NOON, 20, ANSWER_GOOD);
    answers_add(&a, NOON + HOURS(1), 20, ANSWER_GOOD);
    assert_int_equal(answers_day(&a, NOON + HOURS(24) - 1).n, 2);
    assert_int_equal(answers_day(&a, NOON + HOURS(24)).n, 1);
    assert_int_equal(answers_day(&a, NOON + HOURS(25)).n, 0);
    answers_add(&a, NOON + HOURS(25), 20, ANSWER_GOOD); /* in the place of the first */
    assert_int_equal(answers_day(&a, NOON + HOURS(25)).n, 1);
    assert_close(answers_day(&(struct answers){0}, NOON).median, 0);
}

/* At a quarter past one, three quarters of the hour before are less than an hour ago. */
static void the_last_hour_slides(void **state UNUSED)
{
    struct answers a = {0};
    double n, errors;
    for (int i = 0; i < 8; i++)
        answers_add(&a, NOON, 20, i < 4 ? ANSWER_ERROR : ANSWER_GOOD);
    answers_add(&a, NOON + MINUTES(61), 20, ANSWER_GOOD);
    answers_last_hour(&a, NOON + MINUTES(75), &n, &errors);
    assert_close(n, 8 * 0.75 + 1);
    assert_close(errors, 3);
    answers_last_hour(&a, NOON + MINUTES(120), &n, &errors);
    assert_close(n, 1);
    assert_close(errors, 0);
}

static void what_is_written_is_read(void **state UNUSED)
{
    struct answers a = {0};
    CLEANUP(buf_done) struct buf b = {0};
    buf_init(&b, 1000);
    answers_add(&a, NOON, 0, ANSWER_GOOD);
    answers_add(&a, NOON, 1, ANSWER_GOOD);
    answers_add(&a, NOON, 1000, ANSWER_GOOD);
    answers_add(&a, NOON, INT64_MAX / 2, ANSWER_GOOD);
    answers_write(answers_hour_of(&a, NOON), &b);
    assert_string_equal(b.at, "0:2 40:1 67:1");
    struct answers_hour h = {0};
    answers_read(&h, "0:2 40:1 67:1 68:9 900:1");
    assert_int_equal(h.by_class[0], 2);
    assert_int_equal(h.by_class[40], 1);
    assert_int_equal(h.by_class[67], 1);
    answers_read(&h, "rubbish");
    assert_int_equal(h.by_class[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_and_rates_of_a_day),
        cmocka_unit_test(a_day_later_it_is_forgotten),
        cmocka_unit_test(the_last_hour_slides),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
