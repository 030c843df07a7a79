/* engine/refresh.c — which libraries a request to read them means, and what is told when one cannot
 * be read. */
#include "base/jx.h"
#include "base/str.h"
#include "engine/lane.h"
#include "engine/named.h"

static bool is_suspended(const struct config *c, const struct resource *instance)
{
    return config_settings(c)->suspend || ((const struct instance *)instance->spec)->suspend;
}

static bool add_named(struct errand *x, const char *name, struct err *e)
{
    const struct resource *instance = config_find(x->config, KIND_INSTANCE, name);
    if (!instance)
        return named_not(x->config, KIND_INSTANCE, name, e);
    if (is_suspended(x->config, instance))
        return err_set(e, ERR_REFUSED,
                       "instance/%s is suspended in the tree: nothing is asked of it", name);
    lane_for(x, name);
    return true;
}

static bool add_all(struct errand *x, struct err *e)
{
    for (size_t i = 0; i < config_n(x->config); i++) {
        const struct resource *r = config_at(x->config, i);
        if (r->kind == KIND_INSTANCE && !is_suspended(x->config, r))
            lane_for(x, r->name);
    }
    return x->lanes.n > 0 || err_set(e, ERR_USAGE,
                                     "there is nothing to ask: no instance is applied, or all are "
                                     "suspended (splintarr get instances)");
}

bool refresh_lanes(struct errand *x, const struct strlist *names, struct err *e)
{
    for (size_t i = 0; i < names->n; i++)
        if (!add_named(x, names->at[i], e))
            return false;
    return names->n > 0 || add_all(x, e);
}

void refresh_failed(struct lane *l, const struct err *why)
{
    l->errand->totals.n_failed++;
    if (l->errand->is_routine && lane_lacks_key(l, why))
        return;
    json_t *f = json_object();
    jx_put(f, "error", jx_string(why->msg));
    if (l->arr && arr_retry_at(l->arr))
        jx_put(f, "until", jx_time(arr_retry_at(l->arr)));
    lane_tell(l, EVENT_library_failed, f);
}
