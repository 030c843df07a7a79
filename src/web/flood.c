/* web/flood.c — buckets in a fixed table; searched from end to end, for it is small. */
#include "web/flood.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { KEY_BYTES = 16, NETWORK_BYTES = 8 };

struct bucket {
    unsigned char key[KEY_BYTES];
    double tokens;
    ms_t seen;
    uint64_t turn; /* when it was asked for last; 0: unused */
};
struct flood {
    uint64_t turn;
    struct bucket buckets[FLOOD_ADDRESSES];
};

struct flood *flood_new(void)
{
    return NEW(struct flood);
}

struct flood *flood_free(struct flood *f)
{
    mem_free(f);
    return NULL;
}

static void key_v4(const void *address, unsigned char ret[static KEY_BYTES])
{
    ret[10] = ret[11] = 0xff;
    memcpy(ret + 12, address, 4);
}

static void key_of(const struct sockaddr *peer, unsigned char ret[static KEY_BYTES])
{
    memset(ret, 0, KEY_BYTES);
    if (peer->sa_family == AF_INET)
        key_v4(&((const struct sockaddr_in *)(const void *)peer)->sin_addr, ret);
    if (peer->sa_family != AF_INET6)
        return;
    const struct in6_addr *a = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(a))
        key_v4(&a->s6_addr[12], ret);
    else
        memcpy(ret, a, NETWORK_BYTES);
}

/* The peer's bucket, filled up to now; a new one replaces that not seen for longest. */
static struct bucket *bucket_of(struct flood *f, const struct sockaddr *peer, ms_t now)
{
    unsigned char key[KEY_BYTES];
    struct bucket *oldest = f->buckets;
    key_of(peer, key);
    f->turn++;
    for (size_t i = 0; i < FLOOD_ADDRESSES; i++) {
        struct bucket *b = &f->buckets[i];
        if (b->turn && memcmp(b->key, key, KEY_BYTES) == 0) {
            double back = (double)(now - b->seen) * FLOOD_PER_SECOND / 1000;
            b->tokens = MIN(b->tokens + back, FLOOD_BURST);
            b->seen = now;
            b->turn = f->turn;
            return b;
        }
        if (b->turn < oldest->turn)
            oldest = b;
    }
    *oldest = (struct bucket){.tokens = FLOOD_BURST, .seen = now, .turn = f->turn};
    memcpy(oldest->key, key, KEY_BYTES);
    return oldest;
}

bool flood_take(struct flood *f, const struct sockaddr *peer, ms_t now, ms_t *ret_wait)
{
    struct bucket *b = bucket_of(f, peer, now);
    *ret_wait = 0;
    if (b->tokens >= 1) {
        b->tokens -= 1;
        return true;
    }
    *ret_wait = (ms_t)((1 - b->tokens) * 1000 / FLOOD_PER_SECOND) + 1;
    return false;
}

void flood_charge(struct flood *f, const struct sockaddr *peer, ms_t now)
{
    struct bucket *b = bucket_of(f, peer, now);
    b->tokens = MAX(b->tokens - FLOOD_REFUSED, 0);
}
