/* arrsim/http_server.h — the world over real HTTP, on loopback: one port per server. Threads are
 * libmicrohttpd's, one per connection, so that a tarpit holds up nobody else; the world has a
 * lock. */
#ifndef ARRSIM_HTTP_SERVER_H
#define ARRSIM_HTTP_SERVER_H

#include "arrsim/world.h"
#include "base/err.h"

struct http_server;

/* Port 0: any free one; http_server_port says which. `s` must outlive it; all servers share one
 * world, hence `lock`. */
struct world_lock;
struct world_lock *world_lock_new(void);
struct world_lock *world_lock_free(struct world_lock *l);

MUST_CHECK bool http_server_new(struct sim *s, struct world_lock *lock, int port,
                                struct http_server **ret, struct err *e);
struct http_server *http_server_free(struct http_server *h);
int http_server_port(const struct http_server *h);

#endif
