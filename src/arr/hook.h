/* arr/hook.h — what Sonarr and Radarr say of themselves: the body of a webhook as plain data.
 *
 * A hint, never the truth: the sender repeats nothing, sends some things twice, and sends before
 * its own history says so. Members that are absent, null or of another type are "" or 0. */
#ifndef SPL_ARR_HOOK_H
#define SPL_ARR_HOOK_H

#include "base/arena.h"
#include "base/err.h"
#include "model/item.h"

enum arr_hook_event {
#define HOOK_EVENT(id, name) ARR_HOOK_##id,
#define HOOK_TYPE(type, id)
#include "arr/hooks.def"
#undef HOOK_EVENT
#undef HOOK_TYPE
    ARR_HOOK_N
};
extern const char *const arr_hook_names[ARR_HOOK_N + 1]; /* "grabbed", "health_issue", … */

enum {
    ARR_HOOK_BYTES = 1024 * 1024, /* of a body */
    ARR_HOOK_EPISODES = 1000,     /* a longer list is cut */
    ARR_HOOK_TEXT = 500,          /* a longer text is cut between characters */
};

struct arr_hook {
    enum arr_hook_event event;
    const char *type; /* eventType as it was sent */
    /* It speaks of series where movies are expected, or the other way round: another server has
     * this address. The ids below are 0 then. */
    bool is_foreign;

    /* Of a test event they are invented. */
    int64_t title_id; /* of the series or movie, on its server */
    const char *title;
    int64_t *episode_ids; /* on their server; the first ARR_HOOK_EPISODES */
    size_t n_episode_ids;

    const char *download_id; /* "": none, or longer than any client's */
    const char *release_title;
    bool is_replaced;    /* a file was deleted: another took its place */
    const char *problem; /* why a download waits for a person, redacted; "" none */
    /* "warning", "IndexerStatusCheck", and a sentence in the server's language, redacted */
    const char *health_level, *health_source, *health_message;
};

/* Everything in *ret lives in `arena`. False: longer than ARR_HOOK_BYTES, no JSON object, or out of
 * the bounds of base/jx.h. */
MUST_CHECK bool arr_hook_decode(enum app app, const char *body, size_t n_bytes, struct arena *arena,
                                struct arr_hook *ret, struct err *e);

#endif
