/* base/rng.c — xoshiro256** 1.0 and splitmix64, after the authors' public-domain reference. */
#include "base/rng.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

void rng_seed(struct rng *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        r->s[i] = splitmix(&seed);
}

static uint64_t rotl(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

uint64_t rng_next(struct rng *r)
{
    uint64_t *s = r->s, result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
    assert(n > 0);
    uint64_t floor = (0 - n) % n, x;
    do
        x = rng_next(r);
    while (x < floor);
    return x % n;
}

double rng_unit(struct rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1.0p-53;
}

uint64_t rng_mix(uint64_t seed, uint64_t value)
{
    uint64_t state = seed ^ splitmix(&value);
    return splitmix(&state);
}

bool rng_bytes(void *ret, size_t n, struct err *e)
{
    if (getrandom(ret, n, 0) != (ssize_t)n)
        return err_set(e, ERR_IO, "no randomness from the kernel: %s", strerror(errno));
    return true;
}
