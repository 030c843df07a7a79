/* web/handlers.h — the web's own state, for the handlers of routes.def. */
#ifndef SPL_WEB_HANDLERS_H
#define SPL_WEB_HANDLERS_H

#include <pthread.h>

#include "base/secret.h"
#include "web/flood.h"
#include "web/router.h"
#include "web/samples.h"
#include "web/server.h"
#include "web/status.h"
#include "web/web.h"

/* Counts of the libraries: walked seldom (web/metrics.c). */
struct library_kept {
    struct samples samples;
    utc_t synced; /* when the counts were taken of what */
    ms_t counted;
};

/* HOOK_UNAUTHORIZED, … */
enum hook_refused {
#define HOOK_REFUSED(id, ...) HOOK_##id,
#include "web/hooks.def"
#undef HOOK_REFUSED
    HOOK_REFUSED_N
};

struct web {
    const struct web_setup *setup; /* borrowed */
    char host_name[256];
    int port;
    pthread_t thread;
    struct mailbox *box;       /* of published statuses */
    int stop_fd;               /* eventfd */
    uint8_t key[SHA256_BYTES]; /* of this process, for doors */
    struct server *server;
    /* the web thread's alone */
    struct loop *loop;
    struct store *store; /* NULL: not there yet */
    struct published *status;
    struct library_kept library;
    bool is_store_bad; /* and that was said */
    struct flood *flood;
    uint64_t hooks_refused[HOOK_REFUSED_N];
};

/* The reader, opened when first asked for. False: absent or unreadable, and why. */
MUST_CHECK bool web_store(struct web *w, struct store **ret, struct err *e);
/* What came of asking it; returns `ok`. A reader that failed is closed, so that the next one who
 * asks opens it anew; said once until it works again. */
bool web_store_told(struct web *w, bool ok, const struct err *e);

void web_healthz(struct web *w, const struct request *rq, struct response *rs);
void web_readyz(struct web *w, const struct request *rq, struct response *rs);
void web_metrics(struct web *w, const struct request *rq, struct response *rs);
void web_hook(struct web *w, const struct request *rq, struct response *rs);

/* Whether a webhook may be sent, by its headers; false: refused with what rs says. */
MUST_CHECK bool web_hook_admit(struct web *w, const struct request *rq, struct response *rs);
void hooks_sample(struct samples *s, const struct web *w);

#endif
