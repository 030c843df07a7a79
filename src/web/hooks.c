/* web/hooks.c — the receiver: lets in whom a door opens for, sees that the body is JSON, hands it
 * to the engine and answers at once. The sender waits inside its search or import. */
#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "web/handlers.h"

enum { BUSY_WAIT_S = 10 };

static const struct {
    unsigned status;
    const char *result;
} refusals[] = {
#define HOOK_REFUSED(id, ...) [HOOK_##id] = {__VA_ARGS__},
#include "web/hooks.def"
#undef HOOK_REFUSED
};

static void refuse(struct web *w, enum hook_refused why, const char *text, struct response *rs)
{
    w->hooks_refused[why]++;
    response_text(rs, refusals[why].status, "%s", text);
}

static void retry_after(struct response *rs, ms_t wait)
{
    char seconds[24];
    snprintf(seconds, sizeof seconds, "%lld", (long long)(wait + 999) / 1000);
    response_header(rs, "Retry-After", seconds);
}

/* ---- before the body is read ---- */

static const char *name_in(const struct request *rq)
{
    return rq->path + strlen("/hooks/");
}

static bool is_flood(struct web *w, const struct request *rq, struct response *rs)
{
    ms_t wait;
    if (flood_take(w->flood, rq->peer, loop_mono(w->loop), &wait))
        return false;
    refuse(w, HOOK_FLOOD, "too many requests from this address", rs);
    retry_after(rs, wait);
    return true;
}

bool web_hook_admit(struct web *w, const struct request *rq, struct response *rs)
{
    if (is_flood(w, rq, rs))
        return false;
    if (!w->status) {
        refuse(w, HOOK_BUSY, "starting", rs);
        retry_after(rs, SECONDS(1));
        return false;
    }
    if (doors_open(&w->status->doors, name_in(rq), rq))
        return true;
    flood_charge(w->flood, rq->peer, loop_mono(w->loop));
    refuse(w, HOOK_UNAUTHORIZED, "not without the instance's token", rs);
    response_header(rs, "WWW-Authenticate", "Basic realm=\"Splintarr\"");
    return false;
}

/* ---- the event ---- */

void web_hook_free(void *hook)
{
    struct web_hook *h = hook;
    if (!h)
        return;
    mem_free(h->instance);
    mem_free(h->body);
    mem_free(h);
}

static bool hand_over(const struct web *w, const struct request *rq)
{
    struct web_hook *h = NEW(struct web_hook);
    h->instance = mem_strdup(name_in(rq));
    h->body = mem_zeroed(rq->n_body + 1);
    h->n_body = rq->n_body;
    memcpy(h->body, rq->body, rq->n_body);
    const struct message m = {.body = h, .n_bytes = sizeof *h + rq->n_body, .free = web_hook_free};
    if (w->setup->hooks && mailbox_put(w->setup->hooks, &m))
        return true;
    web_hook_free(h);
    return false;
}

void web_hook(struct web *w, const struct request *rq, struct response *rs)
{
    CLEANUP(jx_decrefp) json_t *body = NULL;
    struct err e = {0};
    if (!jx_parse_foreign(rq->body, rq->n_body, &body, &e)) {
        refuse(w, HOOK_MALFORMED, e.msg, rs);
    } else if (!hand_over(w, rq)) {
        refuse(w, HOOK_BUSY, "too much is waiting to be read", rs);
        retry_after(rs, SECONDS(BUSY_WAIT_S));
    } else {
        response_text(rs, 202, "accepted");
    }
}

void hooks_sample(struct samples *s, const struct web *w)
{
    for (size_t i = 0; i < HOOK_REFUSED_N; i++)
        if (w->hooks_refused[i])
            SAMPLE(s, METRIC_HOOKS, w->hooks_refused[i], "", "", refusals[i].result);
}
