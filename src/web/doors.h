/* web/doors.h — the receiver's doors, one per instance that declares a token, and the keys offered
 * to them.
 *
 * A door is known by HMAC-SHA-256 of its name and token under a key of this process; the tokens
 * stay with the engine. What is offered is put through the same and compared with every door, so
 * that a wrong token, an instance without one and an unknown instance are the same work. */
#ifndef SPL_WEB_DOORS_H
#define SPL_WEB_DOORS_H

#include "base/arena.h"
#include "base/hash.h"
#include "web/web.h"

struct request;

struct door {
    uint8_t mac[SHA256_BYTES];
};
struct doors {
    const struct door *at;
    size_t n;
    uint8_t key[SHA256_BYTES];
};

/* Doors with an empty token are left out: they would be open. */
void doors_copy(const struct web_door *from, size_t n, const uint8_t key[static SHA256_BYTES],
                struct arena *arena, struct doors *ret);

/* The request offers the token of the door `name` as Basic password, X-Splintarr-Token or ?token=;
 * one right among several is enough. NULL doors: none. */
bool doors_open(const struct doors *d, const char *name, const struct request *rq);

#endif
