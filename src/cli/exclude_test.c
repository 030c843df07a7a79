/* cli/exclude_test.c — what excludes a title, and what an exclusion would exclude. */
#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/exclude.h"
#include "engine/excluded.h"
#include "engine/named.h"
#include "search/fold.h"
#include "store/library.h"

enum { SLICE_ROWS = 2000, TITLES_SHOWN = 20 };

/* One instance looked at; rows of one title follow each other. */
struct looking {
    const struct view *view;
    const struct exclusions *exclusions;
    const char *instance;
    const char *wanted; /* only this title; NULL: all that are excluded */
    int64_t last_title;
    int64_t n_titles, n_items; /* excluded */
    bool is_known;             /* the library has the wanted title */
    json_t *items;
};

static void tell(struct looking *l, const struct item *it, const char *exclusion, utc_t until)
{
    const struct cli *c = l->view->cli;
    const struct resource *r =
        exclusion ? config_find(l->view->config, KIND_EXCLUSION, exclusion) : NULL;
    const char *reason = r ? ((const struct exclusion *)r->spec)->reason : NULL;
    char at[UTC_TEXT];
    json_t *o = json_object();
    jx_put(o, "instance", jx_string(l->instance));
    jx_put(o, "title", jx_string(it->title));
    jx_put(o, "exclusion", exclusion ? jx_string(exclusion) : json_null());
    jx_put(o, "until", jx_time(until));
    jx_push(l->items, o);
    if (cli_is_json(c))
        return;
    cli_out(c, "%s  %s  ", l->instance, it->title);
    if (!exclusion)
        cli_out(c, "not excluded\n");
    else if (l->wanted)
        cli_out(c, "excluded by exclusion/%s%s%s%s%s\n", exclusion, until ? " until " : "",
                until ? utc_format_local(until, at) : "", reason ? ": " : "", reason ? reason : "");
    else
        cli_out(c, "would be excluded\n");
}

static void look(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    struct looking *l = ctx;
    utc_t until = 0;
    if (l->wanted && !fold_eq(it->title, l->wanted))
        return;
    const char *exclusion = exclusions_match(l->exclusions, NULL, it, &until);
    bool is_new = it->title_id != l->last_title;
    l->is_known = true;
    l->n_items += exclusion != NULL;
    if ((!exclusion && !l->wanted) || !is_new)
        return;
    l->last_title = it->title_id;
    l->n_titles += exclusion != NULL;
    if (l->wanted || l->n_titles <= TITLES_SHOWN)
        tell(l, it, exclusion, until);
}

/* Only the title speaks: nothing else is known of it. */
static void look_at_stranger(struct looking *l)
{
    const struct item stranger = {.kind = ITEM_MOVIE,
                                  .title = l->wanted,
                                  .sort_title = l->wanted,
                                  .imdb_id = "",
                                  .episode_title = "",
                                  .quality_profile = "",
                                  .tags = "",
                                  .genres = "",
                                  .title_id = -1,
                                  .season = -1,
                                  .episode = -1};
    look(l, &stranger, NULL);
}

static bool look_at_library(struct looking *l, struct err *e)
{
    struct candidate_cursor cursor = {0};
    bool is_more = true;
    while (is_more)
        if (!candidates_slice(l->view->store, l->instance, true, true, SLICE_ROWS, &cursor, look, l,
                              &is_more, e))
            return false;
    if (l->wanted && !l->is_known)
        look_at_stranger(l);
    return true;
}

static void tell_count(const struct looking *l)
{
    const struct cli *c = l->view->cli;
    if (l->wanted || cli_is_json(c))
        return;
    if (l->n_titles > TITLES_SHOWN)
        cli_out(c, "%s  … and %" PRId64 " more\n", l->instance, l->n_titles - TITLES_SHOWN);
    cli_out(c, "%s: %" PRId64 " title%s, %" PRId64 " item%s\n", l->instance, l->n_titles,
            l->n_titles == 1 ? "" : "s", l->n_items, l->n_items == 1 ? "" : "s");
}

static bool look_at_instance(const struct view *v, const struct config *config,
                             const char *instance, const char *wanted, json_t *items,
                             int64_t *ret_n, struct err *e)
{
    CLEANUP(exclusions_freep) struct exclusions *exclusions = NULL;
    utc_t now = clock_utc(v->cli->clock);
    if (!excluded_on(v->store, config, instance, now, &exclusions, e))
        return false;
    struct looking l = {.view = v,
                        .exclusions = exclusions,
                        .instance = instance,
                        .wanted = wanted,
                        .items = items};
    if (!look_at_library(&l, e))
        return false;
    tell_count(&l);
    *ret_n += l.n_titles;
    return true;
}

/* Of the instances that --instance names, or all. CLI_NEGATIVE: nothing is excluded. */
static int look_everywhere(const struct view *v, const struct config *config, const char *wanted)
{
    CLEANUP(jx_decrefp) json_t *items = json_array();
    const char *asked = cli_flag(v->cli, "instance");
    int64_t n = 0;
    size_t n_instances = 0;
    struct err e = {0};
    if (asked && !config_find(v->config, KIND_INSTANCE, asked)) {
        named_not(v->config, KIND_INSTANCE, asked, &e);
        return cli_fail(v->cli, &e);
    }
    for (size_t i = 0; i < config_n(v->config); i++) {
        const struct resource *r = config_at(v->config, i);
        if (r->kind != KIND_INSTANCE || (asked && !str_eq(r->name, asked)))
            continue;
        if (!look_at_instance(v, config, r->name, wanted, items, &n, &e))
            return cli_fail(v->cli, &e);
        n_instances++;
    }
    if (!n_instances)
        cli_note(v->cli, "no instance is applied: there is nothing to look at");
    if (cli_is_json(v->cli)) {
        json_t *o = cli_object();
        jx_put(o, "items", json_incref(items));
        cli_out_json(v->cli, o);
    }
    return n > 0 ? CLI_OK : CLI_NEGATIVE;
}

int exclude_test_title(const struct view *v, const char *title)
{
    return look_everywhere(v, v->config, title);
}

int exclude_test_match(const struct view *v, const json_t *match)
{
    static const struct loc here = {.file = "the command line", .line = 1, .col = 1};
    CLEANUP(config_freep) struct config *trial = config_new();
    CLEANUP(cli_tree_done) struct cli_tree t = {.diags = diags_new()};
    CLEANUP(jx_decrefp) json_t *spec = json_object();
    CLEANUP(freep) char *text = NULL;
    struct err e;
    jx_put(spec, "match", json_pack("[O]", match));
    text = jx_canonical(spec);
    for (size_t i = 0; i < config_n(v->config); i++)
        if (config_at(v->config, i)->kind == KIND_INSTANCE)
            config_add_from(trial, config_at(v->config, i));
    if (!config_add_stored_at(trial, KIND_EXCLUSION, "this", text, &here, &e))
        return cli_fail(v->cli, &e);
    if (!config_check(trial, t.diags))
        return cli_invalid(v->cli, &t, "nothing tested");
    return look_everywhere(v, trial, NULL);
}
