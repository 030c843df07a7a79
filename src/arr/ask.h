/* arr/ask.h — one request to a server inside this room, and the queue it waits in.
 *
 * Every call of arr.h is a struct that begins with a `struct ask`, made with ask_new and handed
 * to ask_send once for each request it needs. The queue owns it from then on: on_end is called
 * exactly once per request; true says "I have sent the next one", false ends the call and frees
 * it. When the server object goes, on_free is all that happens.
 *
 * The arena lives as long as the call; what a row callback may see is put there. Row callbacks
 * must not free the server; `done` may, so it is the last thing on_end does. */
#ifndef SPL_ARR_ASK_H
#define SPL_ARR_ASK_H

#include <jansson.h>

#include "arr/arr.h"
#include "arr/dialect.h"
#include "base/arena.h"
#include "http/split.h"

struct ask {
    struct arr *arr;
    const struct dialect *dialect;
    struct arena *arena;
    void *ctx;               /* of the caller of arr.h */
    const char *const *keys; /* of the elements of a list; NULL: the answer is no streamed list */
    bool (*on_element)(struct ask *q, json_t *element, struct err *e);
    /* `body` is NULL for lists and unless the trouble is ARR_OK. */
    bool (*on_end)(struct ask *q, const struct arr_result *r, const json_t *body);
    void (*on_free)(struct ask *q); /* or NULL */

    /* The queue's own. */
    struct ask *next;
    const char *path, *body; /* body NULL: GET */
    struct split *split;
    struct err split_err;
    int n_rests; /* of the request under way, for a server that asked for them */
};

/* Zeroed, `n_bytes` long, with an arena. */
void *ask_new(struct arr *a, size_t n_bytes, void *ctx);
#define ASK_NEW(a, type, ctx) ((type *)ask_new((a), sizeof(type), (ctx)))

/* GET /api/v3/PATH. The first request of a call waits behind all others, the next ones go first. */
void ask_get(struct ask *q, const char *fmt, ...) PRINTF(2, 3);
void ask_get_next(struct ask *q, const char *fmt, ...) PRINTF(2, 3);
void ask_post(struct ask *q, const char *path, const json_t *body);

/* ARR_SERVER: the answer is JSON, but `what`, a noun, instead of what was asked for. */
void ask_bad_body(const struct ask *q, struct arr_result *r, const char *what);
utc_t ask_now(const struct ask *q); /* our clock, for servers that do not tell theirs */

#endif
