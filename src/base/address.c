/* base/address.c — the special-purpose registries of IPv4 and IPv6 (RFC 6890) as tables. */
#include "base/address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "base/str.h"

const char *const reach_names[REACH_N + 1] = {
    [REACH_PUBLIC] = "public",     [REACH_PRIVATE] = "private",   [REACH_LINK] = "link-local",
    [REACH_LOOPBACK] = "loopback", [REACH_METADATA] = "metadata",
};

struct range {
    uint8_t first[16];
    int bits;
    enum reach reach;
};

/* clang-format off */
static const struct range v4_ranges[] = {
    {{169, 254, 169, 254}, 32, REACH_METADATA}, /* nearly every cloud */
    {{169, 254, 170, 2},   32, REACH_METADATA}, /* Amazon's containers */
    {{168, 63, 129, 16},   32, REACH_METADATA}, /* Azure */
    {{100, 100, 100, 200}, 32, REACH_METADATA}, /* Alibaba */
    {{0},                   8, REACH_LOOPBACK}, /* "this host": Linux connects to itself */
    {{127},                 8, REACH_LOOPBACK},
    {{169, 254},           16, REACH_LINK},
    {{10},                  8, REACH_PRIVATE},
    {{100, 64},            10, REACH_PRIVATE},
    {{172, 16},            12, REACH_PRIVATE},
    {{192, 168},           16, REACH_PRIVATE},
    {{192, 0, 0},          24, REACH_PRIVATE},
    {{198, 18},            15, REACH_PRIVATE},
    {{224},                 3, REACH_PRIVATE},  /* multicast, reserved, broadcast */
};
static const struct range v6_ranges[] = {
    {{0xfd, 0, 0x0e, 0xc2, [14] = 0x02, [15] = 0x54}, 128, REACH_METADATA},
    {{[15] = 1},      128, REACH_LOOPBACK},
    {{0},             128, REACH_LOOPBACK},
    {{0xfe, 0x80},     10, REACH_LINK},
    {{0xfe, 0xc0},     10, REACH_PRIVATE}, /* the old site-local */
    {{0xfc},            7, REACH_PRIVATE},
    {{0xff},            8, REACH_PRIVATE}, /* multicast */
};

/* Where an IPv4 address stands inside an IPv6 one; Teredo's client is written inverted. */
static const struct {
    uint8_t first[16];
    int bits, at;
    uint8_t flip;
} embeddings[] = {
    {{[10] = 0xff, [11] = 0xff}, 96, 12, 0},          /* mapped, RFC 4291 */
    {{0},                        96, 12, 0},          /* compatible, RFC 4291 */
    {{0, 0x64, 0xff, 0x9b},      96, 12, 0},          /* NAT64, RFC 6052 */
    {{0, 0x64, 0xff, 0x9b, 0, 1}, 48, 12, 0},         /* local NAT64, RFC 8215 */
    {{0x20, 0x02},               16,  2, 0},          /* 6to4, RFC 3056 */
    {{0x20, 0x01},               32,  4, 0},          /* Teredo's server, RFC 4380 */
    {{0x20, 0x01},               32, 12, 0xff},       /* Teredo's client */
};
/* clang-format on */

static bool is_within(const uint8_t *a, const uint8_t *first, int bits)
{
    int whole = bits / 8, rest = bits % 8;
    if (memcmp(a, first, (size_t)whole) != 0)
        return false;
    return rest == 0 || (a[whole] >> (8 - rest)) == (first[whole] >> (8 - rest));
}

static enum reach find(const struct range *ranges, size_t n, const uint8_t *a)
{
    for (size_t i = 0; i < n; i++)
        if (is_within(a, ranges[i].first, ranges[i].bits))
            return ranges[i].reach;
    return REACH_PUBLIC;
}

enum reach address_reach_v4(const uint8_t a[4])
{
    return find(v4_ranges, COUNT(v4_ranges), a);
}

enum reach address_reach_v6(const uint8_t a[16])
{
    enum reach worst = find(v6_ranges, COUNT(v6_ranges), a);
    for (size_t i = 0; i < COUNT(embeddings); i++) {
        uint8_t inner[4];
        if (!is_within(a, embeddings[i].first, embeddings[i].bits))
            continue;
        for (int k = 0; k < 4; k++)
            inner[k] = a[embeddings[i].at + k] ^ embeddings[i].flip;
        worst = MAX(worst, address_reach_v4(inner));
    }
    return worst;
}

/* "foo.localhost" is this machine, too (RFC 6761). */
static bool is_own_name(const char *host)
{
    static const char *const names[] = {"localhost", "localhost.localdomain", "ip6-localhost",
                                        "ip6-loopback"};
    static const char suffix[] = ".localhost";
    size_t n = strlen(host);
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_case_eq(host, names[i]))
            return true;
    return n > sizeof suffix - 1 && str_case_eq(host + n - (sizeof suffix - 1), suffix);
}

bool address_reach_host(const char *host, enum reach *ret)
{
    enum { HOST_MAX = 256 };
    char bare[HOST_MAX];
    struct in_addr v4;
    struct in6_addr v6;
    bool has_brackets = host[0] == '[';
    snprintf(bare, sizeof bare, "%s", host + has_brackets);
    size_t n = strlen(bare);
    if (n > 0 && (bare[n - 1] == ']' || bare[n - 1] == '.')) /* "localhost." is the same */
        bare[n - 1] = '\0';
    if (inet_pton(AF_INET6, bare, &v6) == 1)
        *ret = address_reach_v6(v6.s6_addr);
    else if (inet_aton(bare, &v4))
        *ret = address_reach_v4((const uint8_t *)&v4.s_addr);
    else if (is_own_name(bare))
        *ret = REACH_LOOPBACK;
    else
        return false;
    return true;
}
