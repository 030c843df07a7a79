/* web/router.h — routes.def as a table: which handler a request goes to, and who may ask. Paths are
 * compared as they were sent, byte for byte, but for "{…}" in a row, which stands for one name: one
 * to 63 lower-case letters, digits and '-'. */
#ifndef SPL_WEB_ROUTER_H
#define SPL_WEB_ROUTER_H

#include "base/buf.h"
#include "base/err.h"

struct web;
struct request;
struct response;

enum access {
    ACCESS_PUBLIC,
    ACCESS_METRICS, /* loopback, or the bearer of the metrics token */
    ACCESS_HOOK,    /* the token of the instance in the path */
};
enum hosts { OWN_HOST, ANY_HOST };

struct route {
    const char *method, *path;
    void (*handle)(struct web *w, const struct request *rq, struct response *rs);
    enum access access;
    enum hosts hosts;
    const char *doc;
    size_t body; /* of at most so many bytes; 0: none */
};
extern const struct route web_routes[];
extern const size_t web_routes_n;

/* False: two rows with the same method and path. */
MUST_CHECK bool routes_check(const struct route *routes, size_t n, struct err *e);

enum routed { ROUTED, ROUTED_NO_PATH, ROUTED_NO_METHOD };
/* *ret: the handler's row, or with ROUTED_NO_METHOD any row of the path; `ret_allow` then gets the
 * methods it has ("GET, HEAD"). */
enum routed routes_find(const struct route *routes, size_t n, const char *method, const char *path,
                        const struct route **ret, struct buf *ret_allow);

#endif
