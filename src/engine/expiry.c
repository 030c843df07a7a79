/* engine/expiry.c — a timer around expired_tell. */
#include "engine/expiry.h"

#include "base/log.h"
#include "base/mem.h"
#include "engine/wall.h"

/* What could not be written is tried again after RETRY. */
enum { RETRY_MINUTES = 5 };

struct expiry {
    struct expiry_setup setup;
    const struct config *config;
    utc_t next; /* to look; 0: nothing ends by itself */
    struct timer *timer;
};

static void fire(void *ctx);

static void arm(struct expiry *x)
{
    if (x->next)
        x->timer = loop_after(x->setup.loop, wall_wait(x->setup.loop, x->next), fire, x);
}

static void look(struct expiry *x)
{
    struct err e = {0};
    const struct expired_look look = {
        .store = x->setup.store,
        .config = x->config,
        .now = loop_utc(x->setup.loop),
        .on_event = x->setup.on_event,
        .ctx = x->setup.ctx,
    };
    if (expired_tell(&look, &x->next, &e))
        return;
    log_error("exclusions_expired", KV("error", e.msg));
    x->next = look.now + MINUTES(RETRY_MINUTES);
}

static void fire(void *ctx)
{
    struct expiry *x = ctx;
    x->timer = NULL;
    if (loop_utc(x->setup.loop) >= x->next)
        look(x);
    arm(x);
}

struct expiry *expiry_new(const struct expiry_setup *setup)
{
    struct expiry *x = NEW(struct expiry);
    x->setup = *setup;
    return x;
}

struct expiry *expiry_free(struct expiry *x)
{
    if (!x)
        return NULL;
    timer_stop(x->timer);
    mem_free(x);
    return NULL;
}

void expiry_adopt(struct expiry *x, const struct config *config)
{
    x->config = config;
    x->next = loop_utc(x->setup.loop);
    timer_stop(x->timer);
    arm(x);
}
