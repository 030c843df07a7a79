/* web/flood.h — how much one address may ask of the receiver: a bucket of tokens per address.
 *
 * Generous to those who may ask, for what they are not told they do not send again: an application
 * that deletes or imports hundreds of titles says so one by one. Who offers wrong tokens pays more.
 * Behind a reverse proxy all share its address. */
#ifndef SPL_WEB_FLOOD_H
#define SPL_WEB_FLOOD_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/clock.h"

enum {
    FLOOD_BURST = 600,     /* what a full bucket holds */
    FLOOD_PER_SECOND = 20, /* what comes back */
    FLOOD_REFUSED = 20,    /* what a wrong token costs besides */
    FLOOD_ADDRESSES = 1024 /* more: the one not seen for longest is forgotten */
};

struct flood; /* for one thread */

struct flood *flood_new(void);
struct flood *flood_free(struct flood *f); /* takes NULL, returns NULL */

/* `now` is monotonic. An IPv6 address counts by its /64, a mapped IPv4 address as what it maps.
 * False: too many; *ret_wait is when to ask again, from now. */
bool flood_take(struct flood *f, const struct sockaddr *peer, ms_t now, ms_t *ret_wait);
void flood_charge(struct flood *f, const struct sockaddr *peer, ms_t now); /* a wrong token */

#endif
