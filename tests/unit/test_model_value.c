/* Scalars: what config page section 2 accepts and rejects, with its hints. Values are arithmetic by
 * hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "model/value.h"
#include "unit/model_value.h"

static void durations_are_read(void **state UNUSED)
{
    static const struct {
        const char *text;
        ms_t v;
        const char *canonical;
    } rows[] = {
        {"90s", 90000, "1m30s"},
        {"30m", 1800000, "30m"},
        {"6h", 21600000, "6h"},
        {"1d12h", 129600000, "1d12h"},
        {"2w", 1209600000, "14d"},
        {"500ms", 500, "500ms"},
        {"100ms", 100, "100ms"},
        {"0s", 0, "0s"},
        {"400d", 34560000000, "400d"},
        {"1w2d3h4m5s6ms", 788645006, "9d3h4m5s6ms"}, /* (9*24+3)*3600+4*60+5 = 788645 s */
        {"60s", 60000, "1m"},
        {"24h", 86400000, "1d"},
        {"999999999w", 604799999395200000, "6999999993d"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct value_problem p;
        char text[VALUE_TEXT];
        ms_t v = -1, again = -1;
        assert_true(value_dur(rows[i].text, &v, &p));
        assert_int_equal(v, rows[i].v);
        assert_string_equal(value_print_dur(v, text), rows[i].canonical);
        if (strlen(text) < 11) {
            assert_true(value_dur(text, &again, &p));
            assert_int_equal(again, v);
        }
    }
}

static void other_durations_are_refused(void **state UNUSED)
{
    CHECK_REFUSALS(value_dur, ms_t, {"6", "'6' is not a duration", "6 what? write 6h", 0},
                   {"PT6H", NULL, "write 6h", 0}, {"P30D", NULL, "write 30d", 0},
                   {"P1DT12H", NULL, "write 1d12h", 0}, {"P1M", NULL, "months and years differ", 0},
                   {"1y", NULL, "months and years differ", 0},
                   {"2 months", NULL, "months and years", 0}, {"6H", NULL, "write 6h", 0},
                   {"6 hours", NULL, "write 6h", 0}, {"1 day 12 hours", NULL, "write 1d12h", 0},
                   {"90sec", NULL, "write 90s", 0},
                   {"12h1d", "out of order", "largest unit first", 3},
                   {"1h1h", "out of order", "each once", 2}, {"-5m", NULL, "cannot be negative", 0},
                   {"", NULL, "write it like 90s", 0}, {"0", NULL, "write 0s", 0},
                   {"1.5h", NULL, "whole numbers only", 0}, {"6hx", NULL, "write it like", 0},
                   {"1h30", NULL, "write it like", 2}, {"forever", NULL, "write it like", 0},
                   {"1000000000s", NULL, NULL, 0}, {" 6h", NULL, "write 6h", 0},
                   {"0 3 * * *", NULL, "write at: daily 03:00", 0});
}

static void rates_are_per_second(void **state UNUSED)
{
    static const struct {
        const char *text;
        double v;
        const char *canonical;
    } rows[] = {
        {"5/s", 5, "5/s"},
        {"2/s", 2, "2/s"},
        {"0.5/s", 0.5, "0.5/s"},
        {"30/m", 0.5, "0.5/s"},
        {"1/m", 1.0 / 60, "1/m"},
        {"360/h", 0.1, "0.1/s"},
        {"7/h", 7.0 / 3600, "7/h"},
        {"50/s", 50, "50/s"},
        /* never more than the twelve characters a number may have */
        {"1234567.1234/h", 1234567.1234 / 3600, "342.93531206/s"},
        {"999999999999/m", 999999999999.0 / 60, "999999999999/m"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct value_problem p;
        char text[VALUE_TEXT];
        double v = 0;
        assert_true(value_rate(rows[i].text, &v, &p));
        assert_true(fabs(v - rows[i].v) <= 1e-12 * (1 + rows[i].v));
        assert_string_equal(value_print_rate(v, text), rows[i].canonical);
    }
    CHECK_REFUSALS(value_rate, double, {"5", NULL, "5 per what? write 5/s", 1},
                   {"5/d", NULL, "write it like", 1}, {"/s", NULL, NULL, 0},
                   {"-1/s", NULL, NULL, 0}, {"5 / s", NULL, NULL, 1});
}

static void percentages_and_amounts(void **state UNUSED)
{
    struct value_problem p;
    char text[VALUE_TEXT];
    double v = 0;
    assert_true(value_percent("30%", &v, &p));
    assert_true(v == 0.3);
    assert_string_equal(value_print_percent(v, text), "30%");
    assert_true(value_percent("12.5%", &v, &p));
    assert_string_equal(value_print_percent(v, text), "12.5%");
    CHECK_REFUSALS(value_percent, double, {"30", NULL, "write 30%", 2},
                   {"0.3", NULL, "write 30%", 3}, {"101%", "more than 100%", NULL, 0},
                   {"half", NULL, "write it like 50%", 0}, {"30 %", NULL, NULL, 2});

    struct amount a;
    assert_true(value_amount("30%", &a, &p));
    assert_true(a.is_percent && a.value == 30);
    assert_string_equal(value_print_amount(&a, text), "30%");
    assert_true(value_amount("9", &a, &p));
    assert_true(!a.is_percent && a.value == 9);
    assert_string_equal(value_print_amount(&a, text), "9");
    CHECK_REFUSALS(value_amount, struct amount, {"some", NULL, "30%, or a count such as 9", 0},
                   {"120%", "more than 100%", NULL, 0}, {"-1", NULL, NULL, 0},
                   {"1.5%", NULL, NULL, 1}, {"1234567890123", NULL, NULL, 13});
}

static void sizes_are_bytes(void **state UNUSED)
{
    static const struct {
        const char *text;
        int64_t v;
        const char *canonical;
    } rows[] = {
        {"512MB", 512000000, "512MB"},
        {"100MB", 100000000, "100MB"},
        {"2GiB", 2147483648, "2GiB"},
        {"1.5GB", 1500000000, "1500MB"},
        {"64KiB", 65536, "64KiB"},
        {"3KB", 3000, "3KB"},
        {"1TB", 1000000000000, "1TB"},
        {"0B", 0, "0B"},
        {"1TiB", 1099511627776, "1TiB"},
        {"7B", 7, "7B"},
        {"34502.2GiB", 37046455160013, "37046455160013B"}, /* fourteen digits */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct value_problem p;
        char text[VALUE_TEXT];
        int64_t v = -1;
        assert_true(value_size(rows[i].text, &v, &p));
        assert_int_equal(v, rows[i].v);
        assert_string_equal(value_print_size(v, text), rows[i].canonical);
        assert_true(value_size(text, &v, &p));
        assert_int_equal(v, rows[i].v);
    }
    CHECK_REFUSALS(value_size, int64_t, {"512", NULL, "512 what? write 512MB", 3},
                   {"512M", NULL, "write 512MB, or 512MiB", 3}, {"512 mb", NULL, "write 512MB", 3},
                   {"big", NULL, "write it like", 0}, {"9000TB", "too large", NULL, 0});
}

static void whole_numbers(void **state UNUSED)
{
    struct value_problem p;
    int64_t v = 0;
    assert_true(value_int("20000", &v, &p) && v == 20000);
    assert_true(value_int("0", &v, &p) && v == 0);
    assert_true(value_int("-3", &v, &p) && v == -3);
    CHECK_REFUSALS(value_int, int64_t, {"010", NULL, "write 10", 0},
                   {"1,000", NULL, "write 1000", 1}, {"1_000", NULL, "write 1000", 1},
                   {"5.0", NULL, "digits only", 1}, {"0x10", NULL, NULL, 0},
                   {"", NULL, "digits only", 0}, {"ten", NULL, "digits only", 0},
                   {"99999999999999999999", NULL, NULL, 0});
}

static void only_true_and_false(void **state UNUSED)
{
    struct value_problem p;
    bool v = false;
    assert_true(value_bool("true", &v, &p) && v);
    assert_true(value_bool("false", &v, &p) && !v);
    CHECK_REFUSALS(value_bool, bool, {"yes", NULL, "write true", 0}, {"no", NULL, "write false", 0},
                   {"on", NULL, "write true", 0}, {"off", NULL, "write false", 0},
                   {"y", NULL, "write true", 0}, {"n", NULL, "write false", 0},
                   {"True", NULL, "write true", 0}, {"FALSE", NULL, "write false", 0},
                   {"1", NULL, "write true", 0}, {"0", NULL, "write false", 0},
                   {"maybe", NULL, "write true or false", 0});
}

static void names(void **state UNUSED)
{
    static const char sixty_three[] =
        "a23456789-123456789-123456789-123456789-123456789-123456789-123";
    static const char sixty_four[] =
        "a23456789-123456789-123456789-123456789-123456789-123456789-1234";
    struct value_problem p;
    assert_true(value_name("tv-missing", &p));
    assert_true(value_name("4k", &p));
    assert_true(value_name("a", &p));
    assert_true(value_name(sixty_three, &p));
    assert_false(value_name(sixty_four, &p));
    assert_int_equal(p.at, 63);
    static const struct refusal rows[] = {
        {"TV Missing", NULL, "write tv-missing", 0},
        {"x_y", NULL, "write x-y", 1},
        {"-a", NULL, "write a:", 0},
        {"a-", NULL, "write a:", 0},
        {"", NULL, "lower-case letters", 0},
        {"a/b", NULL, NULL, 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        check_refusal(&rows[i], value_name(rows[i].text, &p), &p);
}

static void urls(void **state UNUSED)
{
    struct value_problem p;
    char url[VALUE_URL];
    assert_true(value_url("http://sonarr:8989", URL_BASE, url, &p));
    assert_string_equal(url, "http://sonarr:8989");
    assert_true(value_url("https://seedbox.example/sonarr//", URL_BASE, url, &p));
    assert_string_equal(url, "https://seedbox.example/sonarr");
    assert_true(value_url("http://[::1]:80/", URL_BASE, url, &p));
    assert_string_equal(url, "http://[::1]:80");
    assert_true(value_url("https://h/x/?a=b/", URL_FULL, url, &p));
    assert_string_equal(url, "https://h/x/?a=b/");
    static const struct refusal rows[] = {
        {"sonarr:8989", NULL, "write http://sonarr:8989", 0},
        {"https://u:hunter2@h/", "password", "remove user:password@", 8},
        {"ftp://x", "only http and https", NULL, 0},
        {"http://", "no host", NULL, 7},
        {"http:///x", "no host", NULL, 7},
        {"http://h?x=1", "no '?query'", NULL, 8},
        {"http://h/#a", "fragment", NULL, 9},
        {"http://h:99999", "not a port", NULL, 9},
        {"http://h:/", "not a port", NULL, 9},
        {"http://h:80a", "not a port", NULL, 9},
        {"http://a b", NULL, NULL, 8},
        {"http://a\nb", NULL, NULL, 8},
        {"http://[::1", "no host", NULL, 7},
        {"", NULL, "write it like http://", 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_refusal(&rows[i], value_url(rows[i].text, URL_BASE, url, &p), &p);
        assert_null(strstr(p.message, "hunter2"));
        assert_null(strstr(p.hint, "hunter2"));
    }
    assert_false(value_url("https://h/?a#b", URL_FULL, url, &p));
    char long_url[VALUE_URL + 10];
    memset(long_url, 'a', sizeof long_url - 1);
    memcpy(long_url, "http://", 7);
    long_url[sizeof long_url - 1] = '\0';
    assert_false(value_url(long_url, URL_FULL, url, &p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(other_durations_are_refused),
        cmocka_unit_test(rates_are_per_second),
        cmocka_unit_test(percentages_and_amounts),
        cmocka_unit_test(sizes_are_bytes),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(only_true_and_false),
        cmocka_unit_test(names),
        cmocka_unit_test(urls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
