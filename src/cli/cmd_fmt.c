/* cli/cmd_fmt.c — files of a tree put into their canonical spelling. Reads and writes files, no
 * state. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/udiff.h"
#include "model/fmt.h"
#include "plan/walk.h"

struct formatting {
    const struct cli *cli;
    bool is_check, is_diff;
    size_t n_files, n_changed;
    int worst; /* exit code */
};

static void note_worst(struct formatting *f, int exit)
{
    f->worst = MAX(f->worst, exit);
}

static void say_findings(struct formatting *f, const struct diags *diags, const char *name)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    diags_text(diags, f->cli->has_color, &text);
    fprintf(stderr, "%s", text.at);
    if (name)
        cli_failf(f->cli, ERR_CONFIG, "'%s' is not valid YAML; left as it is", name);
    note_worst(f, CLI_INVALID);
}

static bool write_file(const struct walk *w, const char *path, const struct buf *text,
                       struct err *e)
{
    CLEANUP(freep) char *joined = mem_printf("%s/%s", w->real, path);
    CLEANUP(freep) char *real = realpath(joined, NULL);
    struct stat st;
    if (!real || stat(real, &st) != 0)
        return err_set(e, ERR_IO, "cannot find '%s' any more", joined);
    if (!file_is_below(real, w->real))
        return err_set(e, ERR_REFUSED, "'%s' leads out of the tree; left as it is", joined);
    return file_write_atomic(real, text->at, text->n, st.st_mode & 07777, e);
}

static void put_changed(struct formatting *f, const struct walk *w, const char *path,
                        const char *name, const struct fmt_result *r)
{
    struct err e;
    f->n_changed++;
    if (f->is_diff) {
        CLEANUP(buf_done) struct buf text;
        buf_init(&text, BUF_TEXT);
        udiff(name, &r->shown_before, &r->shown_after, &text);
        cli_out_buf(f->cli, &text);
    } else if (f->is_check || write_file(w, path, &r->text, &e)) {
        cli_out(f->cli, "%s\n", name);
    } else {
        note_worst(f, cli_fail(f->cli, &e));
    }
    if (f->is_check)
        note_worst(f, CLI_NEGATIVE);
}

static void format_file(struct formatting *f, const struct walk *w, const char *path,
                        const char *name)
{
    CLEANUP(buf_done) struct buf bytes = {0};
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(fmt_result_done) struct fmt_result r = {0};
    struct err e;
    f->n_files++;
    if (!walk_read(w, path, YDOC_MAX_BYTES, &bytes, &e)) {
        err_in(&e, "%s", name);
        note_worst(f, cli_fail(f->cli, &e));
        return;
    }
    switch (fmt_file(path, bytes.at, bytes.n, diags, &r)) {
    case FMT_SAME: return;
    case FMT_CHANGED: put_changed(f, w, path, name, &r); return;
    case FMT_BROKEN: say_findings(f, diags, name); return;
    case FMT_UNSAFE: break;
    }
    note_worst(f, cli_failf(f->cli, ERR_IO,
                            "'%s' would mean something else in its canonical spelling, which is a "
                            "fault of splintarr: please report it; left as it is",
                            name));
}

/* "tv.yaml" below "queues" is "queues/tv.yaml"; below "." it is itself. */
static char *name_below(const char *dir, const char *path)
{
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/')
        n--;
    return str_eq(dir, ".") ? mem_strdup(path) : mem_printf("%.*s/%s", (int)n, dir, path);
}

static bool format_tree(struct formatting *f, const char *dir, struct err *e)
{
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(walk_done) struct walk w = {.root = -1};
    if (!walk_open(dir, diags, &w, e))
        return false;
    walk_collect(&w);
    if (diags_errors(diags) > 0)
        say_findings(f, diags, NULL);
    for (size_t i = 0; i < w.files.n; i++) {
        CLEANUP(freep) char *name = name_below(dir, w.files.at[i].path);
        format_file(f, &w, w.files.at[i].path, name);
    }
    return true;
}

/* Its directory counts as the tree: a link that leads elsewhere is not followed. */
static bool format_alone(struct formatting *f, const char *path, struct err *e)
{
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(walk_done) struct walk w = {.root = -1};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t n = slash ? MAX((size_t)(slash - path), (size_t)1) : 0;
    CLEANUP(freep) char *dir = slash ? mem_printf("%.*s", (int)n, path) : mem_strdup(".");
    if (!walk_selects(name))
        return err_set(e, ERR_USAGE, "'%s' is not a file of a tree: *.yaml, *.yml or *.json", path);
    if (!walk_open(dir, diags, &w, e))
        return false;
    format_file(f, &w, name, path);
    return true;
}

static bool format_one(struct formatting *f, const char *path, struct err *e)
{
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
        return format_alone(f, path, e);
    return format_tree(f, path, e);
}

static int run(struct cli *c)
{
    struct formatting f = {
        .cli = c, .is_check = cli_has(c, "check"), .is_diff = cli_has(c, "diff")};
    struct err e;
    for (int i = 0; i < MAX(c->n_args, 1); i++)
        if (!format_one(&f, cli_root(c, i), &e))
            return cli_fail(c, &e);
    if (f.is_check && f.n_changed > 0)
        cli_note(c, "%zu of %zu file%s would change: splintarr fmt", f.n_changed, f.n_files,
                 f.n_files == 1 ? "" : "s");
    return f.worst;
}

static const struct flag flags[] = {
    {"check", 0, FLAG_BOOL, NULL, "write nothing; exit 1 when a file would change"},
    {"diff", 0, FLAG_BOOL, NULL, "write nothing; print what would change"},
    {0},
};

const struct command cmd_fmt = {
    .name = "fmt",
    .usage = "fmt [DIR|FILE...]",
    .doc = "write values in their canonical spelling; nothing else changes",
    .help = "24h becomes 1d, `Fri 18:00-22:00` becomes `fri 18:00-22:00`, yes becomes true,\n"
            "!secret x becomes {secret: x}. Every other byte stays: comments, order, quotes, line\n"
            "ends. Prints the names of the files it changed. What the files mean never changes.\n"
            "A file that is no valid YAML is left as it is (exit 3).",
    .examples = "  splintarr fmt --diff   look first\n"
                "  splintarr fmt --check  for CI: exit 1 when something would change",
    .flags = flags,
    .max_args = -1,
    .run = run,
};
