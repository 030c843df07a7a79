/* web/health.c — /healthz and /readyz: one word each, for machines. */
#include "store/resources.h"
#include "web/handlers.h"

bool web_store(struct web *w, struct store **ret, struct err *e)
{
    struct store_setup setup = w->setup->store;
    enum store_found found = STORE_OPENED;
    setup.mode = STORE_READ;
    if (!w->store && !store_open(&setup, &w->store, &found, e))
        return false;
    if (!w->store)
        return err_set(e, ERR_DB, "there is no database in '%s' yet", setup.dir);
    *ret = w->store;
    return true;
}

void web_healthz(struct web *w UNUSED, const struct request *rq UNUSED, struct response *rs)
{
    response_text(rs, 200, "ok");
}

static bool can_read(struct web *w)
{
    struct store *s;
    struct err ignored;
    int64_t revision;
    return web_store(w, &s, &ignored) && revision_number(s, &revision, &ignored);
}

void web_readyz(struct web *w, const struct request *rq UNUSED, struct response *rs)
{
    const char *not_ready = w->status ? w->status->is.not_ready : "starting";
    if (!not_ready && !can_read(w))
        not_ready = "database";
    response_text(rs, not_ready ? 503 : 200, "%s", not_ready ? not_ready : "ready");
}
