/* close.h — doubles that should be the same but for rounding; cmocka's own compares floats. */
#ifndef TESTS_CLOSE_H
#define TESTS_CLOSE_H

#include <math.h>

#define assert_close(actual, wanted) assert_true(fabs((actual) - (wanted)) < 1e-9)

#endif
