/* scenario/steps_world.c — words that change the world: servers, what is wrong with them, what they
 * hold. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "scenario/steps.h"

const char *step_option(const struct step *s, const char *name)
{
    size_t n = strlen(name);
    for (int i = 1; i < s->n; i++)
        if (strncmp(s->words[i], name, n) == 0 && s->words[i][n] == '=')
            return s->words[i] + n + 1;
    return NULL;
}

bool step_has(const struct step *s, const char *word)
{
    for (int i = 1; i < s->n; i++)
        if (str_eq(s->words[i], word))
            return true;
    return false;
}

int64_t step_number(const struct step *s, const char *name, int64_t otherwise)
{
    int64_t n;
    const char *text = step_option(s, name);
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

bool step_duration(const char *text, ms_t *ret, struct err *e)
{
    if (text && read_duration(text, ret))
        return true;
    return err_set(e, ERR_CONFIG, "'%s' is no duration", text ? text : "");
}

bool step_server(struct play *p, const struct step *s, int word, struct sim **ret, struct err *e)
{
    *ret = s->n > word ? world_sim(p->stage.world, s->words[word]) : NULL;
    return *ret ||
           err_set(e, ERR_CONFIG, "there is no server '%s'", s->n > word ? s->words[word] : "");
}

/* ---- servers ---- */

static void fill(struct sim *sim, const struct step *s)
{
    int64_t wanted = step_number(s, "wanted", 0), upgradable = step_number(s, "upgradable", 0);
    const char *big = step_option(s, "big");
    if (step_has(s, "demo"))
        sim_fill_demo(sim);
    if (step_has(s, "edges"))
        sim_fill_edges(sim);
    if (step_has(s, "lab"))
        sim_fill_lab(sim);
    if (step_number(s, "scored", 0))
        sim_fill_scored(sim, (int)step_number(s, "scored", 0));
    if (wanted || upgradable)
        sim_fill_wanted(sim, (int)wanted, (int)upgradable);
    if (big)
        sim_fill_big(sim, (int)strtol(big, NULL, 10),
                     strchr(big, 'x') ? (int)strtol(strchr(big, 'x') + 1, NULL, 10) : 1);
}

bool step_fake(struct play *p, const struct step *s, struct err *e)
{
    if (s->n < 3)
        return err_set(e, ERR_CONFIG, "fake sonarr|radarr NAME …");
    enum sim_app app = str_eq(s->words[1], "radarr") ? SIM_RADARR : SIM_SONARR;
    struct sim *sim =
        world_add(p->stage.world, s->words[2], app, step_has(s, "old") ? SIM_OLD : SIM_MODERN);
    const char *skew = step_option(s, "skew"), *base = step_option(s, "base");
    ms_t ahead = 0;
    if (skew && !step_duration(skew[0] == '-' ? skew + 1 : skew, &ahead, e))
        return false;
    sim_set_skew(sim, skew && skew[0] == '-' ? -ahead : ahead);
    sim_set_base(sim, base ? base : "");
    if (step_has(s, "quiet"))
        world_set_rates(p->stage.world, &(struct sim_rates){0});
    fill(sim, s);
    return true;
}

bool step_behave(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!step_server(p, s, 1, &sim, e))
        return false;
    p->stage.has_webhooks =
        p->stage.has_webhooks || str_eq(s->n > 2 ? s->words[2] : "", "webhooks");
    return (s->n == 4 && sim_behave(sim, s->words[2], str_eq(s->words[3], "on"))) ||
           err_set(e, ERR_CONFIG, "no such behaviour");
}

static const struct {
    const char *word;
    enum sim_fault fault;
} faults[] = {
    {"status", SIM_FAULT_STATUS},     {"html", SIM_FAULT_HTML},     {"cut", SIM_FAULT_CUT},
    {"endless", SIM_FAULT_ENDLESS},   {"tarpit", SIM_FAULT_TARPIT}, {"reset", SIM_FAULT_RESET},
    {"starting", SIM_FAULT_STARTING}, {"lost", SIM_FAULT_LOST},     {"drip", SIM_FAULT_DRIP},
    {"torn", SIM_FAULT_TORN},         {"loop", SIM_FAULT_LOOP},     {"moved", SIM_FAULT_MOVED},
};

bool step_fault(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    ms_t after = 0;
    if (!step_server(p, s, 1, &sim, e) ||
        (step_option(s, "retry-after") && !step_duration(step_option(s, "retry-after"), &after, e)))
        return false;
    for (size_t i = 0; i < COUNT(faults) && s->n > 4; i++) {
        if (!str_eq(s->words[4], faults[i].word))
            continue;
        sim_fault(sim, s->words[2], s->words[3], faults[i].fault,
                  (int)step_number(s, "status", 503), after, (int)step_number(s, "times", 1));
        return true;
    }
    return err_set(e, ERR_CONFIG, "no such fault");
}

bool step_restart(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    ms_t down;
    if (!step_server(p, s, 1, &sim, e) || !step_duration(s->n > 2 ? s->words[2] : NULL, &down, e))
        return false;
    sim_restart(sim, down);
    return true;
}

bool step_indexers(struct play *p, const struct step *s, struct err *e)
{
    static const char *const states[] = {"up", "error", "blocked", "off"};
    struct sim *sim;
    if (!step_server(p, s, 1, &sim, e))
        return false;
    for (size_t i = 0; i < COUNT(states) && s->n > 2; i++)
        if (str_eq(s->words[2], states[i])) {
            sim_set_indexers(sim, (enum sim_indexer_state)i);
            return true;
        }
    return err_set(e, ERR_CONFIG, "indexers SERVER up|error|blocked|off");
}

bool step_release(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int64_t item;
    if (!step_server(p, s, 1, &sim, e) || s->n < 3 || !str_int(s->words[2], &item))
        return err_set(e, ERR_CONFIG, "release SERVER ITEM");
    sim_set_release(sim, (int)item, sim_now(sim));
    return true;
}

static bool any_title(struct play *p, const struct step *s, struct sim **ret, int *ret_title,
                      struct err *e)
{
    int64_t title;
    if (!step_server(p, s, 1, ret, e) || s->n < 3 || !str_int(s->words[2], &title) || title < 1)
        return err_set(e, ERR_CONFIG, "%s SERVER TITLE", s->words[0]);
    *ret_title = (int)title;
    return true;
}

bool step_remove(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int title;
    if (!any_title(p, s, &sim, &title, e))
        return false;
    sim_remove_title(sim, title);
    return true;
}

bool step_delete(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int64_t item;
    if (!step_server(p, s, 1, &sim, e) || s->n < 3 || !str_int(s->words[2], &item))
        return err_set(e, ERR_CONFIG, "delete SERVER ITEM");
    sim_advance(sim);
    sim_delete_file(sim, (int)item, "Manual");
    return true;
}

bool step_user_search(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int items[WORDS_MAX];
    if (!step_server(p, s, 1, &sim, e) || s->n < 3)
        return err_set(e, ERR_CONFIG, "user-search SERVER ITEM…");
    for (int i = 2; i < s->n; i++) {
        int64_t item;
        if (!str_int(s->words[i], &item))
            return err_set(e, ERR_CONFIG, "'%s' is no item", s->words[i]);
        items[i - 2] = (int)item;
    }
    sim_user_search(sim, items, (size_t)s->n - 2);
    return true;
}

bool step_user_cancel(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    return step_server(p, s, 1, &sim, e) &&
           (sim_user_cancel(sim) || p->has_died ||
            err_set(e, ERR_REMOTE, "no command waits to be cancelled"));
}

bool step_bring(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int64_t item;
    if (!step_server(p, s, 1, &sim, e) || s->n < 3 || !str_int(s->words[2], &item))
        return err_set(e, ERR_CONFIG, "bring SERVER ITEM");
    sim_bring_file(sim, (int)item);
    return true;
}

bool step_hook(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!step_server(p, s, 1, &sim, e))
        return false;
    sim_tell(sim, s->block ? s->block : "{}");
    return true;
}

bool step_by_hand(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    if (!step_server(p, s, 1, &sim, e))
        return false;
    sim_import_by_hand(sim);
    return true;
}

bool step_return(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int title;
    if (!any_title(p, s, &sim, &title, e))
        return false;
    sim_return_title(sim, title);
    return true;
}

bool step_readd(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int title;
    if (!any_title(p, s, &sim, &title, e))
        return false;
    sim_add_again(sim, title);
    return true;
}

static int add_series(struct sim *sim, utc_t ends)
{
    enum { RUNTIME = 30 };
    int id = sim_add_title(sim, &(struct sim_title){.name = "On the Air",
                                                    .status = "continuing",
                                                    .year = 2026,
                                                    .runtime = RUNTIME,
                                                    .external_id = 900001,
                                                    .is_monitored = true,
                                                    .added = ends - DAYS(200)});
    for (int number = 1; number <= 2; number++)
        sim_add_item(
            sim, &(struct sim_item){.title = id,
                                    .season = 1,
                                    .number = number,
                                    .name = number == 1 ? "Long Ago" : "Fresh",
                                    .air = ends - MINUTES(RUNTIME) - (number == 1 ? DAYS(100) : 0),
                                    .is_monitored = true});
    return id;
}

bool step_air(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    ms_t in;
    if (!step_server(p, s, 1, &sim, e) || !step_duration(step_option(s, "in"), &in, e))
        return false;
    utc_t ends = sim_now(sim) + in; /* whole seconds, as servers have them */
    sim_tell_added(sim, add_series(sim, ends - ends % SECONDS(1)));
    return true;
}

/* In cinemas, and the server would search it already: at home it is not yet. */
bool step_premiere(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    ms_t in;
    if (!step_server(p, s, 1, &sim, e) || !step_duration(step_option(s, "in"), &in, e))
        return false;
    utc_t out = sim_now(sim) + in;
    int id = sim_add_title(sim, &(struct sim_title){.name = "Out Tonight",
                                                    .status = "inCinemas",
                                                    .year = 2026,
                                                    .runtime = 100,
                                                    .external_id = 900002,
                                                    .is_monitored = true,
                                                    .added = out - DAYS(200),
                                                    .min_availability = "announced",
                                                    .cinemas = out - DAYS(60),
                                                    .digital = out - out % SECONDS(1)});
    sim_tell_added(sim, id);
    return true;
}
