/* scenario/steps_season.c — words about seasons: one that lacks episodes, and whether searches of
 * whole seasons find something; and being asked for one again. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "engine/ops.h"
#include "engine/season_at.h"
#include "scenario/steps.h"

bool step_packs(struct play *p, const struct step *s, struct err *e)
{
    static const char *const words[] = {"drawn", "all", "none"};
    struct sim *sim;
    if (!step_server(p, s, 1, &sim, e))
        return false;
    for (size_t i = 0; i < COUNT(words) && s->n > 2; i++)
        if (str_eq(s->words[2], words[i])) {
            sim_set_packs(sim, (enum sim_packs)i);
            return true;
        }
    return err_set(e, ERR_CONFIG, "packs SERVER drawn|all|none");
}

static int add_series(struct sim *sim, const struct step *s)
{
    return sim_add_title(
        sim, &(struct sim_title){.name = "Whole Season",
                                 .status = step_has(s, "continuing") ? "continuing" : "ended",
                                 .type = step_has(s, "anime")   ? SIM_ANIME
                                         : step_has(s, "daily") ? SIM_DAILY
                                                                : SIM_STANDARD,
                                 .year = 2020,
                                 .runtime = 30,
                                 .external_id = 910000 + s->line,
                                 .is_monitored = true,
                                 .added = sim_now(sim) - DAYS(200)});
}

/* Weekly episodes, of which the last ones are missing; the newest ended `newest` ago. */
bool step_season(struct play *p, const struct step *s, struct err *e)
{
    enum { GOOD = 7 };
    struct sim *sim;
    ms_t newest;
    int64_t n = step_number(s, "episodes", 0), missing = step_number(s, "missing", 0);
    if (!step_server(p, s, 1, &sim, e) || !step_duration(step_option(s, "newest"), &newest, e))
        return false;
    int title = add_series(sim, s);
    for (int64_t i = 1; i <= n; i++) {
        int id = sim_add_item(
            sim, &(struct sim_item){.title = title,
                                    .season = 1,
                                    .number = (int)i,
                                    .name = "Part",
                                    .air = sim_now(sim) - newest - MINUTES(30) - DAYS(7) * (n - i),
                                    .is_monitored = true});
        if (i <= n - missing)
            sim_add_file(sim, id, GOOD, 0);
    }
    sim_tell_added(sim, title);
    return true;
}

/* Found without any search, by RSS. */
bool step_grab(struct play *p, const struct step *s, struct err *e)
{
    struct sim *sim;
    int64_t item;
    if (!step_server(p, s, 1, &sim, e) || s->n < 3 || !str_int(s->words[2], &item))
        return err_set(e, ERR_CONFIG, "grab SERVER ITEM");
    sim_grab(sim, (const int[]){(int)item}, 1);
    return true;
}

/* "movie/films/1", as the command line asks for it. */
static bool ask_item(const char *address, json_t *request)
{
    CLEANUP(freep) char *copy = mem_strdup(address);
    char *instance = strchr(copy, '/'), *id = instance ? strchr(instance + 1, '/') : NULL;
    int64_t n;
    if (!id || !str_int(id + 1, &n))
        return false;
    *instance++ = *id = '\0';
    int kind = name_find(item_kind_names, ITEM_KIND_N, copy);
    jx_put(request, "instance", jx_string(instance));
    jx_put(request, "kind", json_integer(kind));
    jx_put(request, "id", json_integer(n));
    return kind >= 0;
}

/* Like `splintarr retry`. */
bool step_retry(struct play *p, const struct step *s, struct err *e)
{
    struct stage *stage = &p->stage;
    CLEANUP(config_freep) struct config *config = NULL;
    if (s->n < 2)
        return err_set(e, ERR_CONFIG, "retry ADDRESS");
    if (!stage_open(stage, e) || !plan_applied_config(stage->store, &config, e))
        return false;
    const struct op_context x = {.store = stage->store,
                                 .config = config,
                                 .secrets = stage->secrets,
                                 .actor = "scenario",
                                 .now = clock_utc(&stage->clock.clock)};
    CLEANUP(jx_decrefp) json_t *request = json_object(), *reply = NULL;
    if (is_season_address(s->words[1]))
        jx_put(request, "season", jx_string(s->words[1]));
    else if (!ask_item(s->words[1], request))
        return err_set(e, ERR_CONFIG, "no address: '%s'", s->words[1]);
    return op_find("retry")->run(&x, request, &reply, e);
}
