/* cli/planning.c — makes plans and shows them. Changes nothing. */
#include "cli/planning.h"

#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/version.h"
#include "engine/effects.h"
#include "plan/markdown.h"
#include "plan/saved.h"

void planning_done(struct planning *p)
{
    plan_freep(&p->plan);
    p->secrets = secrets_free(p->secrets);
    p->store = store_close(p->store);
    cli_tree_done(&p->tree);
}

bool planning_make(const struct cli *c, struct planning *p, const char *root, enum store_mode mode,
                   const struct plan_options *options, struct err *e)
{
    plan_freep(&p->plan);
    p->secrets = secrets_free(p->secrets);
    p->store = store_close(p->store);
    if (!cli_store(c, mode, &p->store, &p->found, e))
        return false;
    if (!p->store && options && options->against)
        return err_set(e, ERR_USAGE, "there is no revision %lld: nothing was applied yet",
                       (long long)options->against);
    p->secrets = cli_secrets(c, p->store, root);
    utc_t now = clock_utc(c->clock);
    return plan_build(p->tree.config, &p->tree.tree, p->store, p->secrets, options, now, &p->plan,
                      e) &&
           effects_take(p->plan, plan_config(p->plan), p->store, now, e);
}

json_t *planning_json(const struct plan *p, const struct diags *diags)
{
    json_t *o = cli_object();
    CLEANUP(jx_decrefp) json_t *plan = plan_json(p, diags);
    jx_put(o, "splintarr_version", jx_string(version_text()));
    json_object_update(o, plan);
    return o;
}

static bool is_markdown(const struct cli *c)
{
    return str_eq(c->format, "markdown");
}

static void put_warning(const struct cli *c, const struct diag *x)
{
    CLEANUP(freep) char *text = mem_printf("%s (%s:%d)", x->message, x->at.file, x->at.line);
    if (!is_markdown(c)) {
        cli_out(c, "%sWarning:%s %s\n", c->has_color ? "\033[33m" : "",
                c->has_color ? "\033[0m" : "", text);
        return;
    }
    CLEANUP(buf_done) struct buf line;
    buf_init(&line, BUF_TEXT);
    buf_puts(&line, "- Warning: ");
    markdown_text(text, &line);
    buf_putc(&line, '\n');
    cli_out_buf(c, &line);
}

/* Warnings in one line each; those about fields without effect yet in one line together. */
static void show_warnings(const struct cli *c, const struct diags *d)
{
    size_t n_inert = 0;
    for (size_t i = 0; i < diags_n(d); i++) {
        const struct diag *x = diags_at(d, i);
        if (x->code == DIAG_W090)
            n_inert++;
        else if (x->code != DIAG_W001 &&
                 diag_severity(x->code) == SEVERITY_WARNING) /* the plan says it, with the days */
            put_warning(c, x);
    }
    if (n_inert > 0)
        cli_out(c,
                "%sNote: %zu declaration%s accepted, but without effect in this version "
                "(splintarr validate names %s).\n",
                is_markdown(c) ? "- " : "", n_inert, n_inert == 1 ? " is" : "s are",
                n_inert == 1 ? "it" : "them");
}

void planning_show(const struct cli *c, const struct plan *p, const struct diags *diags)
{
    const struct plan_view view = {
        .is_full = cli_has(c, "full"), .has_color = c->has_color, .only = cli_flag(c, "only")};
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    if (cli_is_json(c)) {
        cli_out_json(c, planning_json(p, diags));
        return;
    }
    if (is_markdown(c))
        plan_markdown(p, &view, &text);
    else
        plan_text(p, &view, &text);
    cli_out_buf(c, &text);
    if (diags)
        show_warnings(c, diags);
}

static int invalid_markdown(const struct cli *c, const struct cli_tree *t)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    plan_invalid_markdown(&t->tree, t->diags, &text);
    cli_out_buf(c, &text);
    return CLI_INVALID;
}

int planning_invalid(const struct cli *c, const struct cli_tree *t, const char *closing)
{
    if (is_markdown(c))
        return invalid_markdown(c, t);
    if (!cli_is_json(c))
        return cli_invalid(c, t, closing);
    json_t *o = cli_object();
    jx_put(o, "splintarr_version", jx_string(version_text()));
    jx_put(o, "source", plan_source_json(&t->tree));
    jx_put(o, "status", jx_string("invalid"));
    jx_put(o, "diagnostics", diags_json(t->diags));
    cli_out_json(c, o);
    return CLI_INVALID;
}

bool planning_check_only(const struct cli *c, struct err *e)
{
    const char *only = cli_flag(c, "only");
    if (!only)
        return true;
    char kind[40];
    snprintf(kind, sizeof kind, "%.*s", (int)strcspn(only, "/"), only);
    if (kind_find(kind) >= 0)
        return true;
    const char *near = str_did_you_mean(kind, kind_names, KIND_N);
    return err_set(e, ERR_USAGE, "'--only %.60s': there is no kind '%s'%s%s%s", only, kind,
                   near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

int planning_answer(const struct cli *c, const struct plan *p)
{
    bool differs = plan_status(p) != PLAN_IN_SYNC;
    return differs && !cli_has(c, "exit-zero") ? CLI_NEGATIVE : CLI_OK;
}

int planning_domains(const struct cli *c, const struct planning *p, int status, int held)
{
    if (status != CLI_OK && status != CLI_NEGATIVE)
        return status; /* and perhaps no plan */
    const struct domains *d = plan_domains(p->plan);
    bool is_rejected = false;
    for (size_t i = 0; i < d->n; i++)
        is_rejected = is_rejected || !d->at[i].is_held;
    if (d->n == 0)
        return status;
    if (!is_rejected)
        return held;
    return cli_is_json(c) || is_markdown(c) ? CLI_INVALID : cli_invalid(c, &p->tree, NULL);
}

int planning_diff(struct cli *c, const struct plan_options *options)
{
    CLEANUP(planning_done) struct planning p = {0};
    struct err e;
    const char *root = cli_root(c, 0);
    if (!planning_check_only(c, &e) || !cli_tree_load(c, root, &p.tree, &e))
        return cli_fail(c, &e);
    if (!p.tree.config)
        return planning_invalid(c, &p.tree, NULL);
    if (!planning_make(c, &p, root, STORE_READ, options, &e))
        return cli_fail(c, &e);
    if (cli_has(c, "out") && !plan_save(p.plan, cli_flag(c, "out"), version_text(), &e))
        return cli_fail(c, &e);
    planning_show(c, p.plan, p.tree.diags);
    return planning_domains(c, &p, planning_answer(c, p.plan), CLI_NEGATIVE);
}
