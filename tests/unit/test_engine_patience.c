/* When a search is looked at. The figures are RFC 6298's formulas (section 2) worked out by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "engine/patience.h"

static void the_ladder_without_experience(void **state UNUSED)
{
    const struct patience none = {0};
    static const ms_t waits[] = {3000, 5000, 12000, 15000, 15000, 15000};
    for (size_t i = 0; i < COUNT(waits); i++)
        assert_int_equal(patience_wait(&none, MINUTES(1), i), waits[i]);
}

static void the_first_look_follows_what_was_seen(void **state UNUSED)
{
    static const struct {
        ms_t took, wait;
    } rows[] = {
        {8000, 13000},  /* mean 8, deviation 4, and a second */
        {12000, 13500}, /* deviation (3·4 + 4)/4 = 4; mean (7·8 + 12)/8 = 8.5 */
        {2000, 13312},  /* deviation (3·4 + 6.5)/4 = 4.625; mean (7·8.5 + 2)/8 = 7.6875 */
        {0, 13312},     /* teaches nothing */
        {-5000, 13312},
    };
    struct patience p = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        patience_learn(&p, rows[i].took);
        assert_int_equal(patience_wait(&p, MINUTES(1), 0), rows[i].wait);
        assert_int_equal(patience_wait(&p, MINUTES(1), 1), 5000);
    }
}

static void it_stays_between_bounds(void **state UNUSED)
{
    struct patience quick = {0}, slow = {0};
    for (int i = 0; i < 100; i++) {
        patience_learn(&quick, 100);
        patience_learn(&slow, MINUTES(9));
    }
    assert_int_equal(patience_wait(&quick, MINUTES(1), 0), 3000);
    /* The next search may begin after the gap: nothing is gained by a later look. */
    assert_int_equal(patience_wait(&slow, SECONDS(15), 0), 14000);
    assert_int_equal(patience_wait(&slow, SECONDS(5), 0), 4000);
    assert_int_equal(patience_wait(&slow, SECONDS(2), 0), 3000);
    assert_int_equal(patience_wait(&slow, 0, 0), 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ladder_without_experience),
        cmocka_unit_test(the_first_look_follows_what_was_seen),
        cmocka_unit_test(it_stays_between_bounds),
    };
    return cmocka_run_group_tests_name("patience", tests, NULL, NULL);
}
