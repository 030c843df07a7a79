/* engine/control.h — the control socket: one request a connection, a line of JSON each way.
 *
 * The socket is 0600 and admits its owner's uid and root only (SO_PEERCRED). A request is one line
 * of at most CONTROL_REQUEST bytes, an object with "op"; the answer is any number of lines, the
 * last with "exit", the exit code of the command. Who does not read is dropped, never waited for.
 */
#ifndef SPL_ENGINE_CONTROL_H
#define SPL_ENGINE_CONTROL_H

#include <jansson.h>
#include <sys/types.h>

#include "loop/loop.h"

enum { CONTROL_REQUEST = 256 * 1024, CONTROL_ANSWER = 32 * 1024 * 1024, CONTROL_CALLERS = 32 };

struct control;
struct caller; /* one connection */

/* Takes the place of a socket nobody listens on; ERR_CONFLICT when somebody does. */
MUST_CHECK bool control_new(struct loop *l, const char *path,
                            void (*on_request)(void *ctx, struct caller *c, const json_t *request),
                            void *ctx, struct control **ret, struct err *e);
/* Takes NULL, returns NULL. Closes every connection (on_gone is called) and removes the socket. */
struct control *control_free(struct control *c);

/* "cli:uid=1000", as the kernel says. */
const char *caller_actor(const struct caller *c);
/* One line; steals it. */
void caller_say(struct caller *c, json_t *line);
/* The last line, with {"exit": code}; steals it, NULL for nothing else. The caller is gone then. */
void caller_end(struct caller *c, int code, json_t *last);
void caller_fail(struct caller *c, const struct err *why); /* {"exit", "error"} */
/* For requests that take longer: called when the connection ends before caller_end. */
void caller_on_gone(struct caller *c, void (*on_gone)(void *ctx), void *ctx);

#endif
