/* cli/cmd_audit.c — who did what: every applied change, pause, secret and purge. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "model/config.h"
#include "model/value.h"
#include "store/resources.h"

enum { DEFAULT_DAYS = 30, COMMIT_SHOWN = 7, DETAIL_SHOWN = 60, EFFECTS_SHOWN = 100 };

struct listing_of {
    const struct cli *cli;
    const char *actor, *kind; /* NULL: all */
    struct table table;
    json_t *items;
};

static void listing_done(struct listing_of *l)
{
    table_done(&l->table);
    json_decref(l->items);
}

static bool is_of_kind(const char *address, const char *kind)
{
    size_t n = strcspn(address, "/");
    return strlen(kind) == n && strncmp(address, kind, n) == 0;
}

/* Whoever ran it, or whoever the commit claims: both answer to --actor. */
static bool is_wanted(const struct listing_of *l, const struct audit *a)
{
    bool is_his = !l->actor || strstr(a->actor, l->actor) || strstr(a->claimed_author, l->actor);
    return is_his && (!l->kind || is_of_kind(a->address, l->kind));
}

/* Never inside a character. */
static int cut(const char *text, size_t n, size_t most)
{
    n = MIN(n, most);
    while (n > 0 && !str_is_utf8(text, n))
        n--;
    return (int)n;
}

/* Cut to fit, but not what it meant for searching, which stands last. */
static void detail_cell(struct table *t, const char *detail)
{
    const char *effects = strstr(detail, "=> ");
    size_t n = effects ? (size_t)(effects - detail) : strlen(detail);
    bool is_cut = n > DETAIL_SHOWN;
    effects = effects ? effects : "";
    table_cellf(t, "%.*s%s%.*s", cut(detail, n, DETAIL_SHOWN), detail,
                !is_cut    ? ""
                : *effects ? " … "
                           : " …",
                cut(effects, strlen(effects), EFFECTS_SHOWN), effects);
}

/* What the system does by itself no author did. */
static const char *who(const struct audit *a)
{
    bool is_his = *a->claimed_author && !str_eq(a->actor, "system");
    return is_his ? a->claimed_author : a->actor;
}

static void take(void *ctx, const struct audit *a)
{
    struct listing_of *l = ctx;
    char when[UTC_TEXT];
    if (!is_wanted(l, a))
        return;
    table_cell(&l->table, utc_format_local(a->at, when));
    table_cell(&l->table, who(a));
    table_cell(&l->table, a->action);
    table_cell(&l->table, a->address);
    table_cellf(&l->table, "%.*s", COMMIT_SHOWN, a->commit);
    detail_cell(&l->table, a->detail);
    json_t *o = json_object();
    jx_put(o, "at", jx_time(a->at));
    jx_put(o, "actor", jx_string(a->actor));
    jx_put(o, "claimed_author", *a->claimed_author ? jx_string(a->claimed_author) : json_null());
    jx_put(o, "action", jx_string(a->action));
    jx_put(o, "address", jx_string(a->address));
    jx_put(o, "detail", jx_string(a->detail));
    jx_put(o, "revision", a->rev ? json_integer(a->rev) : json_null());
    jx_put(o, "commit", *a->commit ? jx_string(a->commit) : json_null());
    jx_push(l->items, o);
}

static bool read_request(const struct cli *c, struct listing_of *l, utc_t *ret_since, struct err *e)
{
    const char *since = cli_flag(c, "since"), *kind = cli_flag(c, "kind");
    ms_t ago = DAYS(DEFAULT_DAYS);
    struct value_problem why;
    if (since && !value_dur(since, &ago, &why))
        return err_set(e, ERR_USAGE, "--since takes a duration such as 7d, not '%.40s'", since);
    if (kind && kind_find(kind) < 0 && !str_eq(kind, "secret"))
        return err_set(e, ERR_USAGE, "there is no kind '%.40s'", kind);
    l->actor = cli_flag(c, "actor");
    l->kind = kind && kind_find(kind) >= 0 ? kind_names[kind_find(kind)] : kind;
    *ret_since = clock_utc(c->clock) - ago;
    return true;
}

static int run(struct cli *c)
{
    static const char *const headings[] = {"WHEN",   "WHO",    "ACTION", "WHAT",
                                           "COMMIT", "DETAIL", NULL};
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(listing_done) struct listing_of l = {.cli = c, .items = json_array()};
    enum store_found found;
    utc_t since = 0;
    struct err e;
    table_init(&l.table, headings);
    if (!read_request(c, &l, &since, &e) || !cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (found == STORE_ABSENT)
        return cli_no_state(c);
    if (!audit_each(store, since, take, &l, &e))
        return cli_fail(c, &e);
    cli_out_list(c, l.items, &l.table);
    return CLI_OK;
}

static const struct flag flags[] = {
    {"since", 0, FLAG_VALUE, "TIME", "not older than this: 7d (30d)"},
    {"actor", 0, FLAG_VALUE, "WHO", "part of who ran it, or of the commit's author"},
    {"kind", 0, FLAG_VALUE, "KIND", "of this kind only: exclusion, queue, secret …"},
    {0},
};

const struct command cmd_audit = {
    .name = "audit",
    .usage = "audit [--since TIME] [--actor WHO] [--kind KIND]",
    .doc = "who did what, when, from which commit",
    .help =
        "Applied changes, exclusions that expired, pauses, stored secrets (never their values),\n"
        "purges. The author of a commit is what the commit claims; -o json keeps who really ran\n"
        "it beside that.",
    .examples = "  splintarr audit --since 7d\n"
                "  splintarr audit --kind exclusion --actor alice",
    .formats = "json",
    .flags = flags,
    .max_args = 0,
    .run = run,
};
