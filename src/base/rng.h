/* base/rng.h — seeded randomness (xoshiro256**, Blackman and Vigna, seeded by splitmix64). The seed
 * is stored with each decision, so any pick can be replayed. Not for secrets: rng_bytes is. */
#ifndef SPL_BASE_RNG_H
#define SPL_BASE_RNG_H

#include <stdint.h>

#include "base/err.h"

struct rng {
    uint64_t s[4];
};

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t n); /* uniform in [0, n); n > 0 */
double rng_unit(struct rng *r);                /* uniform in [0, 1) */

/* A well-mixed number from two: the stable random rank of an item under a seed. */
uint64_t rng_mix(uint64_t seed, uint64_t value);

/* From the kernel, for keys and fresh seeds. */
MUST_CHECK bool rng_bytes(void *ret, size_t n, struct err *e);

#endif
