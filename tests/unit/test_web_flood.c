/* The bucket of each address, on a clock of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "web/flood.h"

static struct sockaddr_in6 v6(const char *text)
{
    struct sockaddr_in6 a = {.sin6_family = AF_INET6};
    assert_int_equal(inet_pton(AF_INET6, text, &a.sin6_addr), 1);
    return a;
}

static struct sockaddr_in v4(uint32_t n)
{
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(n)};
}

/* How many in a row at this moment. */
static int takes(struct flood *f, const void *peer, ms_t now, ms_t *ret_wait)
{
    int n = 0;
    while (flood_take(f, peer, now, ret_wait))
        n++;
    return n;
}

static void buckets_fill_up_again(void **state UNUSED)
{
    struct flood *f = flood_new();
    const struct sockaddr_in a = v4(0xC0000201), b = v4(0xC0000202);
    ms_t wait;
    assert_int_equal(takes(f, &a, 1000, &wait), 600);
    assert_in_range(wait, 50, 51); /* twenty a second */
    assert_int_equal(takes(f, &a, 1000 + 49, &wait), 0);
    assert_int_equal(takes(f, &a, 1000 + 51, &wait), 1);
    assert_int_equal(takes(f, &a, 11051, &wait), 200);
    assert_int_equal(takes(f, &b, 11051, &wait), 600);
    assert_int_equal(takes(f, &a, 11051 + HOURS(1), &wait), 600);
    flood_free(f);
}

static void wrong_tokens_cost_more(void **state UNUSED)
{
    struct flood *f = flood_new();
    const struct sockaddr_in a = v4(0xC0000201);
    ms_t wait;
    int n = 0;
    for (; flood_take(f, (const void *)&a, 1000, &wait); n++)
        flood_charge(f, (const void *)&a, 1000);
    assert_int_equal(n, 29); /* 28 times 21 of 600; the 29th empties it */
    flood_free(f);
}

static void addresses_are_told_apart_by_network(void **state UNUSED)
{
    struct flood *f = flood_new();
    const struct sockaddr_in plain = v4(0xC0000201);
    const struct sockaddr_in6 mapped = v6("::ffff:192.0.2.1"), one = v6("2001:db8:1:2::1"),
                              near = v6("2001:db8:1:2:ffff::2"), far = v6("2001:db8:1:3::1");
    ms_t wait;
    assert_int_equal(takes(f, &plain, 1000, &wait), 600);
    assert_int_equal(takes(f, &mapped, 1000, &wait), 0);
    assert_int_equal(takes(f, &one, 1000, &wait), 600);
    assert_int_equal(takes(f, &near, 1000, &wait), 0);
    assert_int_equal(takes(f, &far, 1000, &wait), 600);
    flood_free(f);
}

/* More addresses than buckets: the one that asked longest ago is forgotten, not the busy one. */
static void the_table_is_bounded(void **state UNUSED)
{
    struct flood *f = flood_new();
    const struct sockaddr_in busy = v4(0xC0000201);
    ms_t wait;
    assert_int_equal(takes(f, &busy, 1000, &wait), 600);
    for (uint32_t i = 0; i < 5000; i++) {
        const struct sockaddr_in other = v4(0x0A000000 + i);
        assert_true(flood_take(f, (const void *)&other, 1001, &wait));
        assert_false(flood_take(f, (const void *)&busy, 1001, &wait));
    }
    flood_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buckets_fill_up_again),
        cmocka_unit_test(wrong_tokens_cost_more),
        cmocka_unit_test(addresses_are_told_apart_by_network),
        cmocka_unit_test(the_table_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
