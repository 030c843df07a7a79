/* engine/pause.c — pausing and resuming, by hand or because of failures. */
#include "engine/pause.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "engine/named.h"
#include "store/resources.h"

/* What a pause of a queue on an instance may be of. */
struct addresses {
    char *at[3];
};

static struct addresses addresses_of(const char *queue, const char *instance)
{
    return (struct addresses){{mem_printf("instance/%s", instance), mem_printf("queue/%s", queue),
                               mem_printf("queue/%s@%s", queue, instance)}};
}

static void addresses_done(struct addresses *a)
{
    for (size_t i = 0; i < COUNT(a->at); i++)
        mem_free(a->at[i]);
}

bool queue_pause(struct store *s, const char *queue, const char *instance, utc_t now,
                 struct pause_now *ret, struct err *e)
{
    CLEANUP(addresses_done) struct addresses a = addresses_of(queue, instance);
    *ret = (struct pause_now){0};
    for (size_t i = 0; i < COUNT(a.at) && !ret->is_paused; i++)
        if (!pause_find(s, a.at[i], now, ret, e))
            return false;
    return true;
}

bool pause_covers(const char *address, const char *queue, const char *instance)
{
    CLEANUP(addresses_done) struct addresses a = addresses_of(queue, instance);
    for (size_t i = 0; i < COUNT(a.at); i++)
        if (str_eq(address, a.at[i]))
            return true;
    return false;
}

/* ---- is there such a thing? ---- */

static bool check_address(const struct config *c, const char *address, struct err *e)
{
    const char *name = strchr(address, '/');
    size_t n = name ? (size_t)(name++ - address) : 0;
    const struct resource *queue;
    const char *instance;
    if (name && n == strlen("instance") && str_starts(address, "instance"))
        return config_find(c, KIND_INSTANCE, name) || named_not(c, KIND_INSTANCE, name, e);
    if (name && n == strlen("queue") && str_starts(address, "queue"))
        return named_queue(c, name, &queue, &instance, e);
    return err_set(e, ERR_USAGE,
                   "'%s' cannot be paused: instance/NAME, queue/NAME or queue/NAME@INSTANCE "
                   "(splintarr get queues)",
                   address);
}

/* ---- with their audit rows ---- */

static bool note(struct store *s, const char *action, const struct pause *p, utc_t at,
                 struct err *e)
{
    char until[UTC_TEXT];
    CLEANUP(freep)
    char *detail = mem_printf("%s%s%s%s", p->until ? "until " : "",
                              p->until ? utc_format(p->until, until) : "",
                              p->until && *p->reason ? ": " : "", p->reason);
    return audit_add(
        s,
        &(struct audit){
            .at = at, .actor = p->actor, .action = action, .address = p->address, .detail = detail},
        e);
}

bool pause_begin(struct store *s, const struct config *config, const struct pause *p, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    return check_address(config, p->address, e) && tx_begin(s, &tx, e) && pause_put(s, p, e) &&
           note(s, "pause", p, p->since, e) && tx_commit(&tx, e);
}

bool pause_end(struct store *s, const struct config *config, const char *address, const char *actor,
               utc_t now, bool *ret_found, struct err *e)
{
    const struct pause p = {.address = address, .actor = actor, .reason = ""};
    CLEANUP(tx_done) struct tx tx = {0};
    return check_address(config, address, e) && tx_begin(s, &tx, e) &&
           pause_remove(s, address, ret_found, e) &&
           (!*ret_found || note(s, "resume", &p, now, e)) && tx_commit(&tx, e);
}
