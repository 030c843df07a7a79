/* http/client.h — the real transport: libcurl's multi interface on a loop.
 *
 * http and https only; redirects are returned, not followed; bodies are bounded while they arrive;
 * a small receive buffer keeps one turn short. Cloud metadata addresses are never reached,
 * whatever name resolves to them; private ones not by requests that are public_only. */
#ifndef SPL_HTTP_CLIENT_H
#define SPL_HTTP_CLIENT_H

#include "http/transport.h"
#include "loop/loop.h"

MUST_CHECK bool http_client_new(struct loop *loop, const char *user_agent, struct transport **ret,
                                struct err *e);
struct transport *
http_client_free(struct transport *t); /* takes NULL, returns NULL; cancels all calls */

#endif
