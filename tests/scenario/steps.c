/* scenario/steps.c — what each word of the scenario language does. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "scenario/script.h"

/* "name=value" among the words from `from` on: the value, or NULL. */
static const char *option(const struct step *s, const char *name)
{
    size_t n = strlen(name);
    for (int i = 1; i < s->n; i++)
        if (strncmp(s->words[i], name, n) == 0 && s->words[i][n] == '=')
            return s->words[i] + n + 1;
    return NULL;
}

static bool has_word(const struct step *s, const char *word)
{
    for (int i = 1; i < s->n; i++)
        if (str_eq(s->words[i], word))
            return true;
    return false;
}

static int64_t number(const struct step *s, const char *name, int64_t otherwise)
{
    int64_t n;
    const char *text = option(s, name);
    return text && str_int(text, &n) ? n : otherwise;
}

bool read_duration(const char *text, ms_t *ret)
{
    static const struct {
        char unit;
        ms_t length;
    } units[] = {
        {'w', DAYS(7)}, {'d', DAYS(1)}, {'h', HOURS(1)}, {'m', MINUTES(1)}, {'s', SECONDS(1)}};
    ms_t total = 0;
    while (*text) {
        char *end;
        long n = strtol(text, &end, 10);
        size_t i = 0;
        while (i < COUNT(units) && units[i].unit != *end)
            i++;
        if (end == text || i == COUNT(units))
            return false;
        total += n * units[i].length;
        text = end + 1;
    }
    *ret = total;
    return true;
}

static bool duration(const char *text, ms_t *ret, struct err *e)
{
    if (text && read_duration(text, ret))
        return true;
    return err_set(e, ERR_CONFIG, "'%s' is no duration", text ? text : "");
}

static bool server(struct play *p, const struct step *s, int word, struct sim **ret, struct err *e)
{
    *ret = s->n > word ? world_sim(p->stage.world, s->words[word]) : NULL;
    return *ret ||
           err_set(e, ERR_CONFIG, "there is no server '%s'", s->n > word ? s->words[word] : "");
}

/* ---- servers ---- */

static void fill(struct sim *sim, const struct step *s)
{
    int64_t wanted = number(s, "wanted", 0), upgradable = number(s, "upgradable", 0);
    const char *big = option(s, "big");
    if (has_word(s, "demo"))
        sim_fill_demo(sim);
    if (has_word(s, "edges"))
        sim_fill_edges(sim);
    if (has_word(s, "lab"))
        sim_fill_lab(sim);
    if (wanted || upgradable)
        sim_fill_wanted(sim, (int)wanted, (int)upgradable);
    if (big)
        sim_fill_big(sim, (int)strtol(big, NULL, 10),
                     strchr(big, 'x') ? (int)strtol(strchr(big, 'x') + 1, NULL, 10) : 1);
}

static bool step_fake(struct play *p, const struct step *s, struct err *e)
{
    if (s->n < 3)
        return err_set(e, ERR_CONFIG, "fake sonarr|radarr NAME …");
    enum sim_app app = str_eq(s->words[1], "radarr") ? SIM_RADARR : SIM_SONARR;
    struct sim *sim =
        world_add(p->stage.world, s->words[2], app, has_word(s, "old") ? SIM_OLD : SIM_MODERN);
    const char *skew = option(s, "skew"), *base = option(s, "base");
    ms_t ahead = 0;
    if (skew && !duration(skew[0] == '-' ? skew + 1 : skew, &ahead, e))
        return false;
    sim_set_skew(sim, skew && skew[0] == '-' ? -ahead : ahead);
    sim_set_base(sim, base ? base : "");
    fill(sim, s);
    return true;
}

static bool step_behave(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!server(p, s, 1, &sim, e))
        return false;
    return (s->n == 4 && sim_behave(sim, s->words[2], str_eq(s->words[3], "on"))) ||
           err_set(e, ERR_CONFIG, "no such behaviour");
}

static const struct {
    const char *word;
    enum sim_fault fault;
} faults[] = {
    {"status", SIM_FAULT_STATUS},     {"html", SIM_FAULT_HTML},     {"cut", SIM_FAULT_CUT},
    {"endless", SIM_FAULT_ENDLESS},   {"tarpit", SIM_FAULT_TARPIT}, {"reset", SIM_FAULT_RESET},
    {"starting", SIM_FAULT_STARTING}, {"lost", SIM_FAULT_LOST},
};

static bool step_fault(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    ms_t after = 0;
    if (!server(p, s, 1, &sim, e) ||
        (option(s, "retry-after") && !duration(option(s, "retry-after"), &after, e)))
        return false;
    for (size_t i = 0; i < COUNT(faults) && s->n > 4; i++) {
        if (!str_eq(s->words[4], faults[i].word))
            continue;
        sim_fault(sim, s->words[2], s->words[3], faults[i].fault, (int)number(s, "status", 503),
                  after, (int)number(s, "times", 1));
        return true;
    }
    return err_set(e, ERR_CONFIG, "no such fault");
}

static bool step_restart(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    ms_t down;
    if (!server(p, s, 1, &sim, e) || !duration(s->n > 2 ? s->words[2] : NULL, &down, e))
        return false;
    sim_restart(sim, down);
    return true;
}

static bool step_indexers(struct play *p, const struct step *s, struct err *e)
{
    static const char *const states[] = {"up", "error", "blocked", "off"};
    struct sim *sim;
    if (!server(p, s, 1, &sim, e))
        return false;
    for (size_t i = 0; i < COUNT(states) && s->n > 2; i++)
        if (str_eq(s->words[2], states[i])) {
            sim_set_indexers(sim, (enum sim_indexer_state)i);
            return true;
        }
    return err_set(e, ERR_CONFIG, "indexers SERVER up|error|blocked|off");
}

static bool step_release(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int64_t item;
    if (!server(p, s, 1, &sim, e) || s->n < 3 || !str_int(s->words[2], &item))
        return err_set(e, ERR_CONFIG, "release SERVER ITEM");
    sim_set_release(sim, (int)item, sim_now(sim));
    return true;
}

static bool step_remove(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int64_t title;
    if (!server(p, s, 1, &sim, e) || s->n < 3 || !str_int(s->words[2], &title))
        return err_set(e, ERR_CONFIG, "remove SERVER TITLE");
    sim_remove_title(sim, (int)title);
    return true;
}

/* ---- the program ---- */

static bool step_file(struct play *p, const struct step *s, struct err *e)
{
    return stage_write_file(&p->stage, s->words[1], s->block ? s->block : "", e);
}

static bool step_apply(struct play *p, const struct step *s, struct err *e)
{
    struct plan_options options = {
        .allow_prune = option(s, "allow-prune") != NULL,
        .allowed_removals = number(s, "allow-prune", 0),
    };
    enum plan_status status;
    if (!stage_apply(&p->stage, &options, &status, e))
        return false;
    if ((status == PLAN_HELD) != has_word(s, "held"))
        return err_set(e, ERR_REFUSED,
                       status == PLAN_HELD ? "the plan is held" : "the plan is not held");
    return true;
}

static bool step_run(struct play *p, const struct step *s, struct err *e)
{
    const char *queue = s->n > 1 && !str_eq(s->words[1], "all") ? s->words[1] : NULL;
    if (!stage_run(&p->stage, queue, has_word(s, "dry"), e))
        return false;
    if (p->has_died || (p->stage.totals.n_failed > 0) == has_word(s, "fails"))
        return true;
    for (size_t i = 0; i < p->stage.events.n; i++)
        if (p->stage.events.at[i].event == EVENT_search_failed)
            return err_set(
                e, ERR_REMOTE, "a queue failed: %s",
                json_string_value(json_object_get(p->stage.events.at[i].fields, "error")));
    return err_set(e, ERR_REMOTE, "no queue failed");
}

static bool step_advance(struct play *p, const struct step *s, struct err *e)
{
    ms_t by;
    return duration(s->n > 1 ? s->words[1] : NULL, &by, e) && stage_advance(&p->stage, by, e);
}

static bool step_start(struct play *p, const struct step *s UNUSED, struct err *e)
{
    return stage_start(&p->stage, e);
}

static bool step_pause(struct play *p, const struct step *s, struct err *e)
{
    ms_t how_long = 0;
    const char *given = option(s, "for");
    if (given && !duration(given, &how_long, e))
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

static bool step_cooldown(struct play *p, const struct step *s, struct err *e)
{
    return duration(s->n > 1 ? s->words[1] : NULL, &p->cooldown, e);
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
    if (!server(p, s, 2, &sim, e))
        return false;
    const struct sim_search *all;
    size_t n = world_searches(p->stage.world, &all);
    int64_t got = 0;
    for (size_t i = 0; i < n; i++)
        got += all[i].sim == sim && !all[i].by_user && str_eq(all[i].trigger, "manual");
    return compare(s, got, e);
}

static bool expect_requests(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!server(p, s, 2, &sim, e) || s->n < 7)
        return err_set(e, ERR_CONFIG, "expect requests SERVER METHOD ROUTE exactly|least|most N");
    return compare(s, (int64_t)sim_requests(sim, s->words[3], s->words[4]), e);
}

static bool expect_event(struct play *p, const struct step *s, struct err *e)
{
    int event = name_find(event_names, EVENT_N, s->words[2]);
    const char *equals = s->n == 6 ? strchr(s->words[3], '=') : NULL;
    if (event < 0)
        return err_set(e, ERR_CONFIG, "no event '%s'", s->words[2]);
    CLEANUP(freep) char *field = equals ? mem_strdup(s->words[3]) : NULL;
    if (equals)
        field[equals - s->words[3]] = '\0';
    return compare(s,
                   (int64_t)stage_count_events(&p->stage, (enum event)event, field,
                                               equals ? equals + 1 : NULL),
                   e);
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
        {"searches", expect_searches}, {"requests", expect_requests}, {"event", expect_event},
        {"diff", expect_diff},         {"problems", expect_problems}, {0},
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
        {"release", step_release},
        {"remove", step_remove},
        {"file", step_file},
        {"apply", step_apply},
        {"run", step_run},
        {"advance", step_advance},
        {"kill", step_kill},
        {"cooldown", step_cooldown},
        {"limit", step_limit},
        {"start", step_start},
        {"pause", step_pause},
        {"resume", step_resume},
        {"expect", step_expect},
        {0},
    };
    return dispatch(rows, s->words[0], p, s, e);
}

bool play_end(struct play *p, struct err *e)
{
    char why[300];
    if (stage_broken_promise(&p->stage, p->cooldown, why))
        return err_set(e, ERR_REMOTE, "broken promise: %s", why);
    for (size_t i = 0; i < p->limits.n; i++) {
        const struct step *s = p->limits.at[i];
        struct sim *sim;
        int64_t most;
        if (!server(p, s, 2, &sim, e) || s->n < 4 || !str_int(s->words[3], &most))
            return err_set(e, ERR_CONFIG, "limit requests SERVER N");
        int64_t got = (int64_t)sim_requests(sim, "*", "*");
        if (got > most)
            return err_set(e, ERR_REMOTE, "%" PRId64 " requests, the limit is %" PRId64, got, most);
    }
    return true;
}
