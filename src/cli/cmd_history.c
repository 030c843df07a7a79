/* cli/cmd_history.c — what was applied when, by whom, from which commit; and what one of these
 * revisions changed. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/origin.h"
#include "cli/table.h"
#include "plan/pin.h"
#include "plan/recorded.h"
#include "store/resources.h"

enum { SHOWN = 20, COMMIT_SHOWN = 7 };

static json_t *revision_json(const struct revision *r)
{
    json_t *o = json_object(), *sum = json_object();
    jx_put(o, "revision", json_integer(r->rev));
    jx_put(o, "applied_at", jx_time(r->applied));
    jx_put(o, "actor", jx_string(r->actor));
    jx_put(o, "reason", *r->reason ? jx_string(r->reason) : json_null());
    jx_put(o, "digest", jx_string(r->digest));
    jx_put(o, "git", origin_json(r));
    jx_put(sum, "resources", json_integer(r->n_resources));
    jx_put(sum, "added", json_integer(r->n_added));
    jx_put(sum, "changed", json_integer(r->n_changed));
    jx_put(sum, "removed", json_integer(r->n_removed));
    jx_put(o, "summary", sum);
    return o;
}

/* ---- the list ---- */

struct list {
    struct table table;
    json_t *items;
    struct pin pin;
};

static void list_done(struct list *l)
{
    table_done(&l->table);
    json_decref(l->items);
}

/* What a revision is known by: the commit's subject, or why it was applied. */
static const char *words_of(const struct revision *r)
{
    return *r->reason ? r->reason : r->subject;
}

static void take_revision(void *ctx, const struct revision *r)
{
    struct list *l = ctx;
    char when[UTC_TEXT];
    table_cellf(&l->table, "%lld%s", (long long)r->rev, r->rev == l->pin.revision ? " pinned" : "");
    table_cell(&l->table, utc_format_local(r->applied, when));
    table_cell(&l->table, *r->author ? r->author : r->actor);
    table_cellf(&l->table, "%.*s%s", COMMIT_SHOWN, r->commit, r->is_dirty ? "+" : "");
    table_cellf(&l->table, "+%d ~%d -%d  %.80s", r->n_added, r->n_changed, r->n_removed,
                words_of(r));
    jx_push(l->items, revision_json(r));
}

static bool read_limit(const struct cli *c, int64_t *ret, struct err *e)
{
    const char *n = cli_flag(c, "limit");
    *ret = SHOWN;
    if (n && (!str_int(n, ret) || *ret < 1))
        return err_set(e, ERR_USAGE, "'--limit %.20s': how many revisions? a number", n);
    return true;
}

static int list_all(const struct cli *c, struct store *store)
{
    static const char *const headings[] = {"REV", "APPLIED", "BY", "COMMIT", "CHANGES", NULL};
    CLEANUP(list_done) struct list l = {.items = json_array()};
    int64_t limit;
    struct err e;
    table_init(&l.table, headings);
    if (!read_limit(c, &limit, &e) || !pin_get(store, &l.pin, &e) ||
        !revisions_each(store, (size_t)limit, take_revision, &l, &e))
        return cli_fail(c, &e);
    if (cli_is_json(c)) {
        json_t *o = cli_object();
        jx_put(o, "pinned", l.pin.revision ? json_integer(l.pin.revision) : json_null());
        jx_put(o, "revisions", json_incref(l.items));
        cli_out_json(c, o);
        return CLI_OK;
    }
    cli_out_table(c, &l.table);
    return CLI_OK;
}

/* ---- one revision ---- */

static bool read_revision(struct store *store, const char *word, struct revision *ret,
                          struct err *e)
{
    int64_t rev;
    if (!str_int(word, &rev) || rev < 1)
        return err_set(e, ERR_USAGE, "'%.20s' is not the number of a revision", word);
    if (!revision_find(store, rev, ret, e))
        return false;
    return ret->rev == rev ||
           err_set(e, ERR_USAGE, "there is no revision %lld (splintarr history)", (long long)rev);
}

static void show_head(const struct cli *c, const struct revision *r)
{
    char when[UTC_TEXT];
    cli_out(c, "Revision  %lld, applied %s by %s\n", (long long)r->rev,
            utc_format_local(r->applied, when), r->actor);
    if (*r->reason)
        cli_out(c, "Reason    %s\n", r->reason);
    origin_line(c, "Source    ", r);
    cli_out(c, "Digest    %s\n\n", r->digest);
}

static int show_json(const struct cli *c, const struct revision *r)
{
    json_t *o = cli_object(), *plan = NULL;
    CLEANUP(jx_decrefp) json_t *about = revision_json(r);
    struct err e;
    if (*r->plan && !jx_parse(r->plan, strlen(r->plan), &plan, &e))
        plan = NULL;
    json_object_update(o, about);
    jx_put(o, "plan", plan ? plan : json_null());
    cli_out_json(c, o);
    return CLI_OK;
}

static int show_one(const struct cli *c, struct store *store)
{
    const struct plan_view view = {.has_color = c->has_color};
    CLEANUP(revision_done) struct revision r = {0};
    CLEANUP(buf_done) struct buf text;
    struct err e;
    buf_init(&text, BUF_TEXT);
    if (!read_revision(store, c->args[0], &r, &e))
        return cli_fail(c, &e);
    if (cli_is_json(c))
        return show_json(c, &r);
    show_head(c, &r);
    if (*r.plan && !recorded_text(r.plan, &view, &text, &e))
        return cli_fail(c, &e);
    cli_out_buf(c, &text);
    cli_out(c, "%s%d added, %d changed, %d removed; %d resources.\n",
            *r.plan ? "" : "(its changes are not kept any more)\n", r.n_added, r.n_changed,
            r.n_removed, r.n_resources);
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(store_closep) struct store *store = NULL;
    enum store_found found;
    struct err e;
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (!store)
        return cli_no_state(c);
    return c->n_args > 0 ? show_one(c, store) : list_all(c, store);
}

static const struct flag flags[] = {
    {"limit", 'n', FLAG_VALUE, "N", "how many revisions, the newest first (20)"},
    {0},
};

const struct command cmd_history = {
    .name = "history",
    .usage = "history [REV]",
    .doc = "what was applied when and by whom; with REV, what it changed",
    .help = "The author is what the commit claims; without git it is who ran the command. The\n"
            "changes of the last 50 revisions are kept, and these can be gone back to\n"
            "(splintarr rollback) or compared with (splintarr diff --against REV).",
    .examples = "  splintarr history\n"
                "  splintarr history 41  what that revision changed",
    .formats = "json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
