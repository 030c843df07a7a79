/* web/health.c — /healthz and /readyz: one word each, for machines. */
#include "base/log.h"
#include "store/resources.h"
#include "web/handlers.h"

/* The last resort: a page's query takes milliseconds, counting a huge library a second. */
enum { QUERY_DEADLINE = 2000 };

bool web_store(struct web *w, struct store **ret, struct err *e)
{
    struct store_setup setup = w->setup->store;
    enum store_found found = STORE_OPENED;
    setup.mode = STORE_READ;
    setup.deadline = QUERY_DEADLINE;
    if (!w->store && !store_open(&setup, &w->store, &found, e))
        return false;
    if (!w->store)
        return err_set(e, ERR_DB, "there is no database in '%s' yet", setup.dir);
    *ret = w->store;
    return true;
}

bool web_store_told(struct web *w, bool ok, const struct err *e)
{
    if (!ok && !w->is_store_bad)
        log_warning("web_database", KV("error", e->msg));
    if (!ok)
        w->store = store_close(w->store);
    w->is_store_bad = !ok;
    return ok;
}

void web_healthz(struct web *w UNUSED, const struct request *rq UNUSED, struct response *rs)
{
    response_text(rs, 200, "ok");
}

static bool can_read(struct web *w)
{
    struct store *s;
    struct err e;
    int64_t revision;
    return web_store_told(w, web_store(w, &s, &e) && revision_number(s, &revision, &e), &e);
}

void web_readyz(struct web *w, const struct request *rq UNUSED, struct response *rs)
{
    const char *not_ready = w->status ? w->status->is.not_ready : "starting";
    if (!not_ready && !can_read(w))
        not_ready = "database";
    response_text(rs, not_ready ? 503 : 200, "%s", not_ready ? not_ready : "ready");
}
