/* Servers that ask to be left alone: RFC 9110's Retry-After with 429 and 503. Times are arithmetic.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/arr_fixture.h"

/* The first `n_refusals` answers refuse, asking for `rest`. */
static const char *refusing(struct fixture *f)
{
    bool is_refused = f->stub.n_requests <= f->number;
    f->reply.status = is_refused ? 429 : 200;
    return "[]";
}

static struct seen ask(struct fixture *f, int n_refusals, ms_t rest, ms_t *ret_took)
{
    struct seen s = {0};
    utc_t before = loop_utc(f->loop);
    f->number = n_refusals;
    f->page = refusing;
    f->reply.retry_after = rest;
    open_at(f, APP_SONARR, "http://tv");
    arr_tags(f->arr, on_tag, done, &s);
    run(f, &s);
    *ret_took = loop_utc(f->loop) - before;
    return s;
}

static void test_a_bearable_rest_is_waited_for(void **state)
{
    struct fixture *f = *state;
    ms_t took;
    struct seen s = ask(f, 2, SECONDS(120), &took);
    assert_int_equal(s.r.trouble, ARR_OK);
    assert_int_equal(f->stub.n_requests, 3);
    assert_true(took >= SECONDS(240) && took < SECONDS(241));
}

static void test_not_for_ever(void **state)
{
    struct fixture *f = *state;
    ms_t took;
    struct seen s = ask(f, 100, SECONDS(10), &took);
    assert_int_equal(s.r.trouble, ARR_SERVER);
    assert_int_equal(f->stub.n_requests, 4);
    assert_true(took >= SECONDS(30) && took < SECONDS(31));
    assert_non_null(strstr(s.r.err.msg, "left alone for 10s"));
    assert_true(arr_retry_at(f->arr) == loop_utc(f->loop) + SECONDS(10));
}

static void test_a_long_rest_is_told(void **state)
{
    struct fixture *f = *state;
    ms_t took;
    struct seen s = ask(f, 1, HOURS(1), &took), again = {0};
    assert_int_equal(s.r.trouble, ARR_SERVER);
    assert_int_equal(f->stub.n_requests, 1);
    assert_non_null(strstr(s.r.err.msg, "left alone for 1h"));
    assert_true(arr_retry_at(f->arr) == loop_utc(f->loop) + HOURS(1));
    arr_tags(f->arr, on_tag, done, &again); /* whoever asks all the same is not held up */
    run(f, &again);
    assert_int_equal(again.r.trouble, ARR_OK);
    assert_int_equal(arr_retry_at(f->arr), 0);
}

/* It may have been heard: sent once, but what comes after it waits. */
static void test_a_search_is_not_repeated(void **state)
{
    struct fixture *f = *state;
    struct seen posted = {0}, then = {0};
    f->number = 1;
    f->page = refusing;
    f->reply.retry_after = SECONDS(60);
    open_at(f, APP_SONARR, "http://tv");
    arr_search(f->arr, ITEM_EPISODE, 3, commanded, &posted);
    run(f, &posted);
    assert_int_equal(posted.r.trouble, ARR_SERVER);
    assert_int_equal(f->stub.n_requests, 1);
    utc_t before = loop_utc(f->loop);
    arr_tags(f->arr, on_tag, done, &then);
    run(f, &then);
    assert_int_equal(then.r.trouble, ARR_OK);
    assert_true(loop_utc(f->loop) - before >= SECONDS(59));
}

/* A probe is there to find out, not to wait. */
static void test_who_does_not_wait_is_told(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    utc_t before = loop_utc(f->loop);
    f->number = 1;
    f->page = refusing;
    f->reply.retry_after = SECONDS(30);
    f->tells_rests = true;
    open_at(f, APP_SONARR, "http://tv");
    arr_tags(f->arr, on_tag, done, &s);
    run(f, &s);
    assert_int_equal(s.r.trouble, ARR_SERVER);
    assert_int_equal(f->stub.n_requests, 1);
    assert_true(arr_retry_at(f->arr) == before + SECONDS(30));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_bearable_rest_is_waited_for), CASE(test_not_for_ever),
        CASE(test_a_long_rest_is_told),           CASE(test_a_search_is_not_repeated),
        CASE(test_who_does_not_wait_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
