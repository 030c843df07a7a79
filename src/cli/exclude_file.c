/* cli/exclude_file.c — one more exclusion in exclusions/added.yaml; every other byte of the file
 * stays. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/str.h"
#include "cli/exclude.h"
#include "model/ywrite.h"

static json_t *one_entry(const char *key, const json_t *value)
{
    json_t *o = json_object();
    jx_put(o, key, json_incref((json_t *)(uintptr_t)value));
    return o;
}

/* "exclusions:" and the entry below it. */
static void write_document(struct buf *b, const char *name, const json_t *spec)
{
    CLEANUP(jx_decrefp) json_t *document = json_object();
    jx_put(document, kind_plurals[KIND_EXCLUSION], one_entry(name, spec));
    ywrite_document(b, document);
}

/* Below the last entry, as far in as the others. */
static void append_entry(struct buf *b, const char *name, const json_t *spec, int indent)
{
    CLEANUP(jx_decrefp) json_t *entry = one_entry(name, spec);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    ywrite_document(&text, entry);
    for (const char *line = text.at; *line;) {
        size_t n = strcspn(line, "\n");
        buf_printf(b, "%*s%.*s\n", indent, "", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

/* The new text of a file. False when it is laid out in a way that nothing can be put below. */
static bool extend(const struct buf *old, const char *name, const json_t *spec, struct buf *ret)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    struct ybudget budget = {0};
    const struct ynode *root = ydoc_parse(arena, EXCLUDE_FILE, old->at, old->n, &budget, diags);
    if (!root || root->type != Y_MAP)
        return false;
    const struct ynode *all = ydoc_get(root, kind_plurals[KIND_EXCLUSION]);
    bool is_last = root->n && root->entries[root->n - 1].value == all;
    bool is_block = all && all->type == Y_MAP && all->n && all->at.col > 1 &&
                    all->entries[0].key->at.line > root->entries[root->n - 1].key->at.line;
    if (all && (!is_last || !is_block))
        return false;
    buf_printf(ret, "%.*s%s", (int)old->n, old->at,
               old->n && old->at[old->n - 1] != '\n' ? "\n" : "");
    if (all)
        append_entry(ret, name, spec, all->entries[0].key->at.col - 1);
    else
        write_document(ret, name, spec);
    return true;
}

/* Findings as validate shows them; what other files declare is not known here. */
static bool is_valid(const struct cli *c, const struct buf *text)
{
    CLEANUP(config_freep) struct config *config = config_new();
    CLEANUP(cli_tree_done) struct cli_tree t = {.diags = diags_new()};
    struct strlist names = {0};
    const struct ynode *root = ydoc_parse(config_arena(config), EXCLUDE_FILE, text->at, text->n,
                                          config_budget(config), t.diags);
    if (root)
        config_add_file(config, EXCLUDE_FILE, root, t.diags);
    config_references(config, &names);
    for (size_t i = 0; i < names.n; i++)
        config_add_referenced(config, names.at[i], "", 0);
    config_set_unread(config, EXCLUDE_FILE);
    if (diags_errors(t.diags) == 0 && config_check(config, t.diags))
        return true;
    cli_invalid(c, &t, "nothing written");
    return false;
}

static int print(const struct cli *c, const char *name, const json_t *spec, const char *why)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    write_document(&text, name, spec);
    if (why)
        cli_note(c, "%s: put this into a file of the tree", why);
    cli_out_buf(c, &text);
    return CLI_OK;
}

/* A name that the tree has already would be found by the next validate only. */
static bool is_new(const struct cli *c, const char *name, int *ret_exit)
{
    CLEANUP(cli_tree_done) struct cli_tree t = {0};
    struct err e;
    *ret_exit = CLI_OK;
    if (!cli_tree_load(c, c->set.config, &t, &e))
        *ret_exit = cli_fail(c, &e);
    else if (!t.config)
        *ret_exit = cli_invalid(c, &t, "nothing written");
    else if (!t.tree.has_marker)
        *ret_exit = cli_failf(c, ERR_REFUSED,
                              "'%s' has no splintarr.yaml with 'version: 1': is the right "
                              "directory mounted there? nothing was written",
                              c->set.config);
    else if (config_find(t.config, KIND_EXCLUSION, name))
        *ret_exit =
            cli_failf(c, ERR_USAGE,
                      "the tree has an exclusion '%s' already: name this one with --name", name);
    return *ret_exit == CLI_OK;
}

static int write_file(const struct cli *c, const char *path, const struct buf *text,
                      const char *name, const json_t *spec)
{
    CLEANUP(freep) char *dir = mem_printf("%s/exclusions", c->set.config);
    struct err e;
    if (!file_make_dirs(dir, 0755, &e) || !file_write_atomic(path, text->at, text->n, 0644, &e))
        return print(c, name, spec, e.msg);
    cli_out(c, "Wrote exclusion/%s to %s; splintarr diff shows what it means.\n", name,
            EXCLUDE_FILE);
    return CLI_OK;
}

int exclude_write(const struct cli *c, const char *name, const json_t *spec)
{
    CLEANUP(buf_done) struct buf old = {0}, text;
    CLEANUP(freep) char *path = mem_printf("%s/%s", c->set.config, EXCLUDE_FILE);
    struct err e;
    int exit = CLI_OK;
    buf_init(&text, BUF_TEXT);
    if (!cli_has(c, "print") && !is_new(c, name, &exit))
        return exit;
    if (file_exists(path) && !file_read(path, YDOC_MAX_BYTES, &old, &e))
        return cli_fail(c, &e);
    if (!old.n)
        write_document(&text, name, spec);
    else if (!extend(&old, name, spec, &text))
        return print(c, name, spec, EXCLUDE_FILE " is laid out differently");
    if (!is_valid(c, &text))
        return CLI_INVALID;
    if (cli_has(c, "print"))
        return print(c, name, spec, NULL);
    return write_file(c, path, &text, name, spec);
}
