/* cli/cmd_validate.c — is the tree right? Needs no state, no secrets and no network, unless asked
 * to look at them too. */
#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "engine/online.h"
#include "http/client.h"
#include "model/config.h"

static int show_json(const struct cli *c, const struct cli_tree *t, bool is_valid)
{
    json_t *o = cli_object();
    jx_put(o, "valid", json_boolean(is_valid));
    jx_put(o, "errors", json_integer((json_int_t)diags_errors(t->diags)));
    jx_put(o, "warnings", json_integer((json_int_t)diags_warnings(t->diags)));
    jx_put(o, "diagnostics", diags_json(t->diags));
    cli_out_json(c, o);
    return is_valid ? CLI_OK : CLI_INVALID;
}

/* A workflow command ends at the line's end; %, CR and LF are escaped as Actions asks. */
static void put_github_text(struct buf *b, const char *s)
{
    for (; *s; s++)
        if (*s == '%' || *s == '\r' || *s == '\n')
            buf_printf(b, "%%%02X", (unsigned char)*s);
        else
            buf_putc(b, *s);
}

static int show_github(const struct cli *c, const struct cli_tree *t, bool is_valid)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    for (size_t i = 0; i < diags_n(t->diags); i++) {
        const struct diag *d = diags_at(t->diags, i);
        bool is_error = diag_severity(d->code) == SEVERITY_ERROR;
        buf_printf(&b, "::%s file=%s,line=%d,col=%d,title=%s::", is_error ? "error" : "warning",
                   d->at.file, MAX(d->at.line, 1), MAX(d->at.col, 1), diag_code_text(d->code));
        put_github_text(&b, d->message);
        buf_putc(&b, '\n');
    }
    cli_out_buf(c, &b);
    return is_valid ? CLI_OK : CLI_INVALID;
}

static int show_text(const struct cli *c, const struct cli_tree *t, bool is_valid)
{
    size_t n_warnings = diags_warnings(t->diags);
    if (!t->config || diags_errors(t->diags) > 0)
        return cli_invalid(c, t, NULL);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    diags_text(t->diags, c->has_color, &text);
    if (n_warnings > 0 && !c->is_quiet)
        fprintf(stderr, "%s\n", text.at);
    size_t n = config_n(t->config), n_files = t->tree.n_files;
    cli_out(c, "%s: %zu resource%s in %zu file%s, %zu warning%s%s.\n",
            is_valid ? "Valid" : "Not valid", n, n == 1 ? "" : "s", n_files,
            n_files == 1 ? "" : "s", n_warnings, n_warnings == 1 ? "" : "s",
            is_valid ? "" : " (--strict)");
    return is_valid ? CLI_OK : CLI_INVALID;
}

/* Only here a missing marker is a finding; a plan is held by it. */
static void require_marker(struct cli_tree *t)
{
    if (t->tree.has_marker)
        return;
    const struct diag d = {
        .code = DIAG_E115,
        .at = {.file = "splintarr.yaml"},
        .message = "there is no splintarr.yaml with a version",
        .hints = "write a splintarr.yaml with the line  version: 1\n"
                 "it says that this directory is the configuration and really mounted",
    };
    diags_add(t->diags, &d);
    config_freep(&t->config);
}

/* ---- --online ---- */

struct online {
    struct store *store;
    struct secrets *secrets;
    struct loop *loop;
    struct transport *transport;
};

static void online_done(struct online *o)
{
    http_client_free(o->transport);
    loop_free(o->loop);
    secrets_free(o->secrets);
    store_close(o->store);
}

/* The state, where there is one, holds stored secrets; nothing is written to it. */
static bool ask_the_world(const struct cli *c, const struct cli_tree *t, struct err *e)
{
    CLEANUP(online_done) struct online o = {0};
    enum store_found found;
    size_t n_asked;
    if (!cli_store(c, STORE_READ, &o.store, &found, e))
        return false;
    o.secrets = cli_secrets(c, o.store, cli_root(c, 0));
    o.loop = loop_new(c->clock);
    if (!loop_catch_signals(o.loop, e) || !http_client_new(o.loop, "Splintarr", &o.transport, e) ||
        !online_check(&(struct online_setup){.loop = o.loop,
                                             .transport = o.transport,
                                             .config = t->config,
                                             .secrets = o.secrets,
                                             .diags = t->diags},
                      &n_asked, e))
        return false;
    cli_note(c, "asked %zu instance%s", n_asked, n_asked == 1 ? "" : "s");
    return true;
}

static int run(struct cli *c)
{
    CLEANUP(cli_tree_done) struct cli_tree t = {0};
    struct err e;
    if (!cli_tree_load(c, cli_root(c, 0), &t, &e))
        return cli_fail(c, &e);
    require_marker(&t);
    if (t.config && cli_has(c, "online") && !ask_the_world(c, &t, &e))
        return cli_fail(c, &e);
    bool is_valid = t.config && diags_errors(t.diags) == 0 &&
                    !(cli_has(c, "strict") && diags_warnings(t.diags) > 0);
    if (cli_is_json(c))
        return show_json(c, &t, is_valid);
    if (str_eq(c->format, "github"))
        return show_github(c, &t, is_valid);
    return show_text(c, &t, is_valid);
}

static const struct flag flags[] = {
    {"strict", 0, FLAG_BOOL, NULL, "warnings are errors"},
    {"online", 0, FLAG_BOOL, NULL, "also resolve every reference and ask every instance"},
    {0},
};

const struct command cmd_validate = {
    .name = "validate",
    .usage = "validate [DIR] [--online]",
    .doc = "check the files; offline, no state, no secrets",
    .help = "Reports every problem of every file at once, with its place and its remedy.\n"
            "--online asks the world besides: references must lead to values, and the declared\n"
            "application must answer at each url. Nothing is changed anywhere.\n"
            "-o github prints workflow commands that annotate a pull request.",
    .examples = "  splintarr validate --strict\n"
                "  splintarr validate --online  asks the instances, too",
    .formats = "json github",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
