/* web/web.h — the web server: a thread of its own that reads and never writes.
 *
 * It has its own loop and its own read-only handle of the database, which it opens when first
 * asked. What only the engine knows reaches it as a published status. Routes: web/routes.def. */
#ifndef SPL_WEB_WEB_H
#define SPL_WEB_WEB_H

#include "base/secret.h"
#include "loop/mailbox.h"
#include "store/store.h"

struct web;

/* A webhook as it came: the body of the messages put into web_setup.hooks. Its sender offered the
 * instance's token; the body is one JSON object within the bounds of base/jx.h. */
struct web_hook {
    char *instance; /* full name: "sonarr-main", "alice/seedbox" */
    char *body;     /* NUL-terminated */
    size_t n_body;  /* at most WEB_HOOK_BYTES */
};
enum { WEB_HOOK_BYTES = 1024 * 1024 };
void web_hook_free(void *hook); /* takes NULL */

struct web_setup {
    const char *listen;                 /* "127.0.0.1:7337", "[::1]:7337"; port 0: any free one */
    struct store_setup store;           /* dir, key_file and clock; always opened for reading */
    const char *version;                /* of the program */
    const struct secret *metrics_token; /* NULL: /metrics answers loopback alone */
    struct mailbox *hooks;              /* of struct web_hook; NULL: none are taken (503) */
    const char *const *public_urls;     /* "https://splintarr.example.org" */
    size_t n_public_urls;
    /* How long a client may take for the headers of its first request, for those of the next, and
     * to fetch an answer; 0: 10 s, 30 s, 60 s. */
    ms_t header_deadline, idle_deadline, answer_deadline;
};

/* Listens, then starts the thread. The setup and what it points to must outlive the web. An address
 * that is in use or not this machine's is ERR_IO and named. */
MUST_CHECK bool web_start(const struct web_setup *setup, struct web **ret, struct err *e);
int web_port(const struct web *w);
/* Closes every connection and waits for the thread. Takes NULL, returns NULL. */
struct web *web_stop(struct web *w);
void web_stopp(struct web **w);

/* ---- what the engine tells ---- */

/* METRIC_NEXT_RUN …: web/metrics.def, where a P marks those the engine publishes. */
enum web_metric {
#define METRIC(id, ...) METRIC_##id,
#include "web/metrics.def"
#undef METRIC
    METRIC_N
};
enum { WEB_LABELS = 4 };
struct web_sample {
    enum web_metric metric;
    const char *labels[WEB_LABELS]; /* values, in the order of metrics.def */
    double value;
};

/* An instance that takes webhooks, and the token without which nothing tells that it exists. */
struct web_door {
    const char *name; /* full */
    const struct secret *token;
};

struct web_status {
    const char *not_ready; /* NULL: a valid configuration runs; else one word: "starting" */
    const struct web_sample *samples;
    size_t n_samples;
    const struct web_door *doors;
    size_t n_doors;
};
/* Replaces the status as a whole; copies everything, of tokens only what can be compared with; from
 * one thread. Until the first one the web is not ready ("starting"). False: the web is behind, or
 * more than 20,000 samples, 5,000 doors or 2 MiB in all; the status before stays. */
MUST_CHECK bool web_publish(struct web *w, const struct web_status *status);

#endif
