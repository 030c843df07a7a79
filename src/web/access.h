/* web/access.h — who may ask: names of this machine against DNS rebinding, loopback, tokens. */
#ifndef SPL_WEB_ACCESS_H
#define SPL_WEB_ACCESS_H

#include <stdbool.h>

#include "base/secret.h"

struct request;

struct own_names {
    const char *host_name; /* of the machine */
    const char *const *public_urls;
    size_t n_public_urls;
};
/* A Host header is ours when it names an IP literal, localhost, the machine or the host of a public
 * URL; the port does not matter. NULL is not. */
bool host_is_own(const char *host, const struct own_names *names);

/* The peer is this machine, and speaks for itself: no proxy's forwarding header. */
bool request_is_local(const struct request *rq);
/* Authorization: Bearer TOKEN, compared in constant time. */
bool request_bears(const struct request *rq, const struct secret *token);

#endif
