/* scenario/steps.c — what the words of the scenario language do to the program, and what is
 * expected of it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "scenario/steps.h"
#include "store/searches.h"

/* ---- the program ---- */

static bool step_file(struct play *p, const struct step *s, struct err *e)
{
    return stage_write_file(&p->stage, s->words[1], s->block ? s->block : "", e);
}

static bool step_apply(struct play *p, const struct step *s, struct err *e)
{
    struct plan_options options = {
        .allow_prune = step_option(s, "allow-prune") != NULL,
        .allowed_removals = step_number(s, "allow-prune", 0),
    };
    enum plan_status status;
    if (!stage_apply(&p->stage, &options, &status, e))
        return false;
    if ((status == PLAN_HELD) != step_has(s, "held"))
        return err_set(e, ERR_REFUSED,
                       status == PLAN_HELD ? "the plan is held" : "the plan is not held");
    return true;
}

static bool step_run(struct play *p, const struct step *s, struct err *e)
{
    const char *queue = s->n > 1 && !str_eq(s->words[1], "all") ? s->words[1] : NULL;
    if (!stage_run(&p->stage, queue, step_has(s, "dry"), e))
        return false;
    bool must_fail = step_has(s, "fails"), has_failed = p->stage.totals.n_failed > 0;
    if (p->has_died || has_failed == must_fail)
        return true;
    for (size_t i = p->stage.events.n; has_failed && i > 0; i--)
        if (p->stage.events.at[i - 1].event == EVENT_search_failed)
            return err_set(
                e, ERR_REMOTE, "a queue failed: %s",
                json_string_value(json_object_get(p->stage.events.at[i - 1].fields, "error")));
    return err_set(e, ERR_REMOTE, "no queue failed");
}

static bool step_advance(struct play *p, const struct step *s, struct err *e)
{
    ms_t by;
    return step_duration(s->n > 1 ? s->words[1] : NULL, &by, e) && stage_advance(&p->stage, by, e);
}

static bool step_start(struct play *p, const struct step *s UNUSED, struct err *e)
{
    return stage_start(&p->stage, e);
}

static bool step_pause(struct play *p, const struct step *s, struct err *e)
{
    ms_t how_long = 0;
    const char *given = step_option(s, "for");
    if (given && !step_duration(given, &how_long, e))
        return false;
    return stage_pause(&p->stage, s->words[1], how_long, e);
}

static bool step_resume(struct play *p, const struct step *s, struct err *e)
{
    return stage_resume(&p->stage, s->words[1], e);
}

static bool step_kill(struct play *p, const struct step *s UNUSED, struct err *e UNUSED)
{
    stage_kill(&p->stage);
    return true;
}

/* The clock goes on without the program. */
static bool step_dead(struct play *p, const struct step *s, struct err *e)
{
    ms_t by;
    if (!step_duration(s->n > 1 ? s->words[1] : NULL, &by, e))
        return false;
    stage_kill(&p->stage);
    virtual_clock_advance(&p->stage.clock, by);
    return true;
}

/* What is due on a server stays as far away. */
static void set_back(struct stage *s, ms_t by)
{
    struct sim *sim;
    world_will_jump(s->world, -by);
    s->clock.start -= by;
    for (size_t i = 0; (sim = world_sim_at(s->world, i)); i++)
        sim_set_clock(sim, -by);
}

/* The servers' clocks are on the same wall. */
static bool step_asleep(struct play *p, const struct step *s, struct err *e)
{
    const char *word = s->n > 1 ? s->words[1] : "";
    bool is_back = word[0] == '-';
    ms_t by;
    if (!step_duration(word + is_back, &by, e))
        return false;
    if (is_back)
        set_back(&p->stage, by);
    else
        p->stage.clock.start += by;
    return true;
}

static bool step_cooldown(struct play *p, const struct step *s, struct err *e)
{
    return step_duration(s->n > 1 ? s->words[1] : NULL, &p->cooldown, e);
}

static bool step_limit(struct play *p, const struct step *s, struct err *e UNUSED)
{
    vec_push(&p->limits, s);
    return true;
}

/* ---- expectations ---- */

/* The last two words: exactly|least|most N. */
static bool compare(const struct step *s, int64_t got, struct err *e)
{
    int64_t want;
    const char *how = s->words[s->n - 2];
    if (s->n < 4 || !str_int(s->words[s->n - 1], &want))
        return err_set(e, ERR_CONFIG, "expect … exactly|least|most N");
    bool ok = str_eq(how, "least") ? got >= want : str_eq(how, "most") ? got <= want : got == want;
    return ok || err_set(e, ERR_REMOTE, "expected %s %" PRId64 ", got %" PRId64, how, want, got);
}

static bool expect_searches(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!step_server(p, s, 2, &sim, e))
        return false;
    const struct sim_search *all;
    size_t n = world_searches(p->stage.world, &all);
    int64_t got = 0, of = step_number(s, "of", 0);
    for (size_t i = 0; i < n; i++)
        got += all[i].sim == sim && !all[i].by_user && str_eq(all[i].trigger, "manual") &&
               (!of || all[i].item == of);
    return compare(s, got, e);
}

/* Between the beginnings of two searches by command, the shortest, rounded to seconds: a request
 * may wait its turn for a moment. */
static bool expect_gap(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!step_server(p, s, 2, &sim, e))
        return false;
    const struct sim_search *all, *last = NULL;
    size_t n = world_searches(p->stage.world, &all);
    ms_t least = INT64_MAX;
    for (size_t i = 0; i < n; i++) {
        if (all[i].sim != sim || all[i].by_user || (last && all[i].command == last->command))
            continue;
        least = last ? MIN(least, all[i].at - last->at) : least;
        last = &all[i];
    }
    return compare(s, (least + SECONDS(1) / 2) / SECONDS(1), e);
}

static bool expect_at_once(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    return step_server(p, s, 2, &sim, e) && compare(s, (int64_t)sim_most_in_flight(sim), e);
}

static bool expect_requests(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!step_server(p, s, 2, &sim, e) || s->n < 7)
        return err_set(e, ERR_CONFIG, "expect requests SERVER METHOD ROUTE exactly|least|most N");
    return compare(s, (int64_t)sim_requests(sim, s->words[3], s->words[4]), e);
}

static bool expect_event(struct play *p, const struct step *s, struct err *e)
{
    enum { FIRST = 3, HOW_AND_N = 2 };
    int event = name_find(event_names, EVENT_N, s->words[2]);
    size_t n = (size_t)MAX(s->n - FIRST - HOW_AND_N, 0);
    if (event < 0)
        return err_set(e, ERR_CONFIG, "no event '%s'", s->words[2]);
    for (size_t i = 0; i < n; i++)
        if (!strchr(s->words[FIRST + i], '='))
            return err_set(e, ERR_CONFIG, "'%s' is no FIELD=VALUE", s->words[FIRST + i]);
    const char *const *wanted = &s->words[FIRST];
    return compare(s, (int64_t)stage_count_events(&p->stage, (enum event)event, wanted, n), e);
}

/* The last end of a grab that was told happened when the server's last download ended, by our
 * clock: of the server's only whole seconds are known. */
static bool expect_ended(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    utc_t told = 0;
    if (!step_server(p, s, 2, &sim, e))
        return false;
    for (size_t i = 0; i < p->stage.events.n; i++) {
        const struct seen_event *seen = &p->stage.events.at[i];
        if (seen->event == EVENT_item_imported || seen->event == EVENT_item_import_failed)
            told = jx_utc(seen->fields, "ended");
    }
    ms_t late = told - sim_last_end(sim);
    return (told && late >= -SECONDS(2) && late <= SECONDS(2)) ||
           err_set(e, ERR_REMOTE, "told %" PRId64 " ms after it was", late);
}

struct successes {
    const char *instance;
    int64_t n;
};

static void add_successes(void *ctx, const struct rollup *r)
{
    struct successes *x = ctx;
    x->n += str_eq(r->instance, x->instance) ? r->imported : 0;
}

static bool expect_successes(struct play *p, const struct step *s, struct err *e)
{
    struct successes x = {.instance = s->words[2]};
    return stage_open(&p->stage, e) && rollups_total(p->stage.store, add_successes, &x, e) &&
           compare(s, x.n, e);
}

struct audited {
    const char *action, *address, *detail; /* NULL: any */
    int64_t n;
};

static void count_audited(void *ctx, const struct audit *a)
{
    struct audited *x = ctx;
    x->n += str_eq(a->action, x->action) && str_eq(a->address, x->address) &&
            (!x->detail || strstr(a->detail, x->detail));
}

static bool expect_audit(struct play *p, const struct step *s, struct err *e)
{
    struct audited x = {.action = s->words[2],
                        .address = s->n > 3 ? s->words[3] : "",
                        .detail = step_option(s, "detail")};
    return stage_open(&p->stage, e) && audit_each(p->stage.store, 0, count_audited, &x, e) &&
           compare(s, x.n, e);
}

static bool expect_diff(struct play *p, const struct step *s, struct err *e)
{
    enum plan_status status;
    if (!stage_diff(&p->stage, &status, e))
        return false;
    bool is_none = status == PLAN_IN_SYNC;
    return is_none == str_eq(s->words[2], "none") ||
           err_set(e, ERR_REMOTE, "the plan is %s", is_none ? "empty" : "not empty");
}

static bool expect_problems(struct play *p, const struct step *s UNUSED, struct err *e)
{
    size_t n;
    return stage_check(&p->stage, &n, e) &&
           (n == 0 || err_set(e, ERR_DB, "db check found %zu problems", n));
}

typedef bool verb(struct play *p, const struct step *s, struct err *e);
struct verb_row {
    const char *word;
    verb *play;
};

static bool dispatch(const struct verb_row rows[], const char *word, struct play *p,
                     const struct step *s, struct err *e)
{
    for (; rows->word; rows++)
        if (str_eq(rows->word, word))
            return rows->play(p, s, e);
    return err_set(e, ERR_CONFIG, "unknown word '%s'", word);
}

static bool step_expect(struct play *p, const struct step *s, struct err *e)
{
    static const struct verb_row rows[] = {
        {"searches", expect_searches},
        {"requests", expect_requests},
        {"event", expect_event},
        {"audit", expect_audit},
        {"diff", expect_diff},
        {"problems", expect_problems},
        {"at-once", expect_at_once},
        {"gap", expect_gap},
        {"ended", expect_ended},
        {"successes", expect_successes},
        {0},
    };
    if (s->n < 3)
        return err_set(e, ERR_CONFIG, "expect what?");
    return dispatch(rows, s->words[1], p, s, e);
}

bool play_step(struct play *p, const struct step *s, struct err *e)
{
    static const struct verb_row rows[] = {
        {"fake", step_fake},
        {"behave", step_behave},
        {"fault", step_fault},
        {"restart", step_restart},
        {"indexers", step_indexers},
        {"air", step_air},
        {"premiere", step_premiere},
        {"packs", step_packs},
        {"season", step_season},
        {"grab", step_grab},
        {"release", step_release},
        {"remove", step_remove},
        {"delete", step_delete},
        {"return", step_return},
        {"readd", step_readd},
        {"file", step_file},
        {"apply", step_apply},
        {"run", step_run},
        {"advance", step_advance},
        {"kill", step_kill},
        {"older", step_older},
        {"dead", step_dead},
        {"asleep", step_asleep},
        {"cooldown", step_cooldown},
        {"limit", step_limit},
        {"start", step_start},
        {"pause", step_pause},
        {"resume", step_resume},
        {"expect", step_expect},
        {"retry", step_retry},
        {"by-hand", step_by_hand},
        {"hook", step_hook},
        {"user-search", step_user_search},
        {"user-cancel", step_user_cancel},
        {"bring", step_bring},
        {0},
    };
    return dispatch(rows, s->words[0], p, s, e);
}

bool play_end(struct play *p, struct err *e)
{
    char why[300];
    if (stage_broken_promise(&p->stage, p->cooldown, why))
        return err_set(e, ERR_REMOTE, "broken promise: %s", why);
    const struct sim *asked;
    for (size_t i = 0; (asked = world_sim_at(p->stage.world, i)); i++)
        if (*sim_ignored(asked))
            return err_set(e, ERR_REMOTE, "%s ignores %s, which it was asked for", sim_name(asked),
                           sim_ignored(asked));
    for (size_t i = 0; i < p->limits.n; i++) {
        const struct step *s = p->limits.at[i];
        struct sim *sim;
        int64_t most;
        if (!step_server(p, s, 2, &sim, e) || s->n < 4 || !str_int(s->words[3], &most))
            return err_set(e, ERR_CONFIG, "limit requests SERVER N");
        int64_t got = (int64_t)sim_requests(sim, "*", "*");
        if (got > most)
            return err_set(e, ERR_REMOTE, "%" PRId64 " requests, the limit is %" PRId64, got, most);
    }
    return true;
}
