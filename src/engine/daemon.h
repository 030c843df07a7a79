/* engine/daemon.h — everything that runs while nobody looks: reconcile, schedule, search, and the
 * control socket. Owns no loop and no store; the engine thread's. */
#ifndef SPL_ENGINE_DAEMON_H
#define SPL_ENGINE_DAEMON_H

#include "arr/hook.h"
#include "engine/reconcile.h"
#include "engine/scheduler.h"

struct daemon;

struct daemon_setup {
    struct loop *loop;
    const struct clock *clock;
    struct store *store; /* the writer */
    struct transport *transport;
    struct secrets *secrets;
    const char *root;   /* of the tree */
    const char *socket; /* path of the control socket */
    uint64_t seed;
    /* Something that others may want to show changed. */
    void (*on_change)(void *ctx);
    void *ctx;
};

/* Runs what was applied last at once, then reads the tree. Everything in the setup is borrowed. */
MUST_CHECK bool daemon_new(const struct daemon_setup *setup, struct daemon **ret, struct err *e);
/* Takes NULL, returns NULL. Unfinished searches are settled by whoever runs next. */
struct daemon *daemon_free(struct daemon *d);

void daemon_reload(struct daemon *d); /* SIGHUP: reads tree and secrets anew */

/* A webhook of an instance came, from whom the web let in. What cannot be read, or comes for an
 * instance that is not applied any more, is logged and forgotten. */
void daemon_heard(struct daemon *d, const char *instance, const char *body, size_t n_bytes);

/* ---- how it is, for the web and systemd ---- */

const struct config *daemon_config(const struct daemon *d); /* what runs */
int64_t daemon_revision(const struct daemon *d);            /* 0: nothing applied yet */
const struct reconcile *daemon_reconcile(const struct daemon *d);
const struct scheduler *daemon_scheduler(const struct daemon *d);
struct engine *daemon_engine(const struct daemon *d);

/* Webhooks since it began, by what they were. */
struct heard {
    char *instance;
    enum arr_hook_event event;
    bool is_foreign; /* of the other application */
    uint64_t n;
};
size_t daemon_heard_n(const struct daemon *d);
const struct heard *daemon_heard_at(const struct daemon *d, size_t i);

#endif
