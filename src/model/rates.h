/* model/rates.h — how often searches on one instance find something, learned from judged ones.
 * Pure.
 *
 * A search finds what appeared since the one before. So what is learned is the rate at which
 * releases appear, by the age of the item and by how often it was searched in vain. Of an item
 * never searched nobody knows what appeared before: for first searches the share that found
 * something is learned, and while an item waits for its first one, it grows at that rate. Each
 * figure starts from a pooled prior and moves with the evidence (Gamma–Poisson, Beta–binomial). */
#ifndef SPL_MODEL_RATES_H
#define SPL_MODEL_RATES_H

#include "model/item.h"

/* Tiers of age as those of the cooldown: 24 h, 7 d, 30 d, 365 d, older. Rounds: first search, and
 * after 1, 2–3, and more searches in vain. */
enum { RATE_TIERS = 5, RATE_ROUNDS = 4 };

/* Sums: each judged search adds to them and can be taken back. */
struct rate {
    double finds;
    double exposure; /* first searches: how many; later ones: days covered */
    double waited;   /* first searches: days that their items had waited */
};
struct rates {
    utc_t begun; /* the first search ever judged; 0: none */
    struct rate at[RATE_ROUNDS][RATE_TIERS];
};

int rate_tier(ms_t age);
int rate_round(const struct item *it, const struct item_memory *m); /* a human's search counts */

/* What one judged search adds (sign 1) or, taken back, took (-1). `before` is the memory it found.
 */
void rates_note(struct rates *r, const struct item *it, const struct item_memory *before, utc_t at,
                bool has_found, int sign);

/* What a search at `now` is expected to find if the title is like most. */
struct forecast {
    int tier, round;
    double days;     /* since the last search; never searched: that it waits for the first one */
    double hazard;   /* releases expected to appear in those days */
    double expected; /* finds, 0..1 */
};
struct forecast rates_forecast(const struct rates *r, const struct item *it,
                               const struct item_memory *m, utc_t now);

#endif
