/* scenario/torture_judge.c — judging a disturbed play by what it left behind. */
#include "scenario/torture_judge.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/str.h"
#include "search/exclusion.h"
#include "store/searches.h"

/* ---- telling ---- */

struct told told_so_far(const struct stage *s)
{
    return (struct told){.log = lseek(STDERR_FILENO, 0, SEEK_CUR), .events = s->events.n};
}

static bool is_in_log(int64_t from, const char *helps)
{
    enum { LOG_MAX = 64 * 1024 * 1024 };
    char some[4096];
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, LOG_MAX);
    ssize_t n;
    while (from >= 0 && (n = pread(STDERR_FILENO, some, sizeof some, from)) > 0) {
        buf_add(&text, some, (size_t)n);
        from += n;
    }
    return text.n > 0 && strstr(text.at, helps);
}

static bool is_in_events(const struct stage *s, size_t from, const char *helps)
{
    for (size_t i = from; i < s->events.n; i++) {
        const char *error = jx_str(s->events.at[i].fields, "error");
        if (error && strstr(error, helps))
            return true;
    }
    return false;
}

bool was_told(const struct stage *s, const struct told *since, const char *error, const char *helps)
{
    return strstr(error, helps) || is_in_events(s, since->events, helps) ||
           is_in_log(since->log, helps);
}

/* The house's sentences: what is wrong; what helps. Or: what is wrong: the command that helps. */
const char *told_unhelpfully(const struct stage *s, const struct told *since)
{
    for (size_t i = since->events; i < s->events.n; i++) {
        const char *error = jx_str(s->events.at[i].fields, "error");
        if (error && !strstr(error, "; ") && !strstr(error, ": splintarr "))
            return error;
    }
    return NULL;
}

/* ---- what is left ---- */

struct openness {
    utc_t now;
    size_t n;
};

static void count_open(void *ctx, const struct attempt *a)
{
    struct openness *o = ctx;
    /* Nobody can tell any more after two hours: then it is settled as unknown. */
    o->n += a->state != ATTEMPT_JUDGED && a->intended < o->now - HOURS(3);
}

bool what_remains(struct stage *s, struct remains *ret, struct err *e)
{
    struct attempt_filter all = {.limit = SIZE_MAX};
    struct openness o = {.now = clock_utc(&s->clock.clock)};
    if (!attempts_each(s->store, &all, count_open, &o, e))
        return false;
    *ret = (struct remains){.failed = (size_t)s->totals.n_failed, .open = o.n};
    return true;
}

bool is_no_worse(const struct remains *left, const struct remains *undisturbed, struct err *e)
{
    if (left->failed > undisturbed->failed)
        return err_set(e, ERR_DB, "%zu queues fail in the end, %zu do undisturbed", left->failed,
                       undisturbed->failed);
    return left->open <= undisturbed->open ||
           err_set(e, ERR_DB, "%zu attempts are never settled, %zu undisturbed", left->open,
                   undisturbed->open);
}

/* ---- grabs ---- */

static void add_grabs(void *ctx, const struct attempt *a)
{
    *(int64_t *)ctx += a->state == ATTEMPT_JUDGED ? a->grabs : 0;
}

bool are_grabs_kept(struct stage *s, struct err *e)
{
    struct attempt_filter all = {.limit = SIZE_MAX};
    int64_t known = 0, real = 0;
    const struct sim *sim;
    if (!attempts_each(s->store, &all, add_grabs, &known, e))
        return false;
    for (size_t i = 0; (sim = world_sim_at(s->world, i)); i++)
        real += sim_count_finds(sim);
    return known == real || err_set(e, ERR_DB, "searches grabbed %lld, the state knows %lld",
                                    (long long)real, (long long)known);
}

/* ---- caps ---- */

/* Of the searches that have ended up on this server, the most in an hour. The clock of the world
 * and the time that really went by must both say that it was an hour. */
static int64_t most_in_an_hour(const struct world *w, const struct sim *sim)
{
    const struct sim_search *all;
    size_t n = world_searches(w, &all);
    int64_t most = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t in_hour = 0;
        int last = 0;
        for (size_t k = i; k < n; k++) {
            const struct sim_search *a = &all[i], *b = &all[k];
            bool is_later = MAX(b->at - a->at, b->steady - a->steady) >= HOURS(1);
            if (b->sim != sim || a->sim != sim || b->by_user || is_later || b->command == last)
                continue;
            last = b->command;
            in_hour += str_eq(b->trigger, "manual");
        }
        most = MAX(most, in_hour);
    }
    return most;
}

bool are_caps_kept(struct stage *s, bool clock_was_set, struct err *e)
{
    const struct sim *sim;
    for (size_t i = 0; (sim = world_sim_at(s->world, i)); i++) {
        const struct resource *r =
            s->config ? config_find(s->config, KIND_INSTANCE, sim_name(sim)) : NULL;
        if (!r)
            continue;
        const struct limits *limits = &((const struct instance *)r->spec)->limits;
        int64_t late = clock_was_set ? limits->in_flight : 0;
        int64_t most = most_in_an_hour(s->world, sim);
        if (most > limits->searches_per_hour + late)
            return err_set(e, ERR_DB, "%lld searches in an hour, %lld are allowed", (long long)most,
                           (long long)limits->searches_per_hour);
    }
    return true;
}

/* ---- ends of exclusions ---- */

struct end {
    char *name;
    int64_t rev;
    size_t n_told;
    bool must_be_told;
};
struct ends {
    const struct stage *stage;
    VEC(struct end) all;
};

static void ends_done(struct ends *x)
{
    for (size_t i = 0; i < x->all.n; i++)
        mem_free(x->all.at[i].name);
    vec_done(&x->all);
}

static void note_end(void *ctx, const struct stored_resource *row)
{
    struct ends *x = ctx;
    const struct resource *r = config_find(x->stage->config, KIND_EXCLUSION, row->name);
    if (!r || !str_eq(row->kind, kind_names[KIND_EXCLUSION]))
        return;
    utc_t now = clock_utc(&x->stage->clock.clock);
    utc_t at = exclusion_end(r->spec, row->first_applied);
    bool is_suspended = ((const struct exclusion *)r->spec)->suspend;
    vec_push(&x->all, (struct end){.name = mem_strdup(row->name),
                                   .rev = row->from_rev,
                                   .must_be_told = !is_suspended && row->spec_since < at &&
                                                   at <= now - HOURS(1)});
}

static void note_told(void *ctx, const struct audit *a)
{
    struct ends *x = ctx;
    for (size_t i = 0; str_eq(a->action, "expire") && i < x->all.n; i++)
        x->all.at[i].n_told +=
            x->all.at[i].rev == a->rev && str_eq(strchr(a->address, '/') + 1, x->all.at[i].name);
}

bool are_ends_told_once(struct stage *s, struct err *e)
{
    CLEANUP(ends_done) struct ends x = {.stage = s};
    if (!s->config)
        return true;
    if (!resources_each(s->store, false, note_end, &x, e) ||
        !audit_each(s->store, 0, note_told, &x, e))
        return false;
    for (size_t i = 0; i < x.all.n; i++) {
        const struct end *end = &x.all.at[i];
        if (end->n_told > 1 || (end->must_be_told && end->n_told == 0))
            return err_set(e, ERR_DB, "the end of exclusion/%s was told %zu times", end->name,
                           end->n_told);
    }
    return true;
}
