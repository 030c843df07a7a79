/* Which files belong to a tree: the rules of the config page, section 1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/str.h"
#include "plan/walk.h"
#include "tempdir.h"

struct place {
    char *dir, *root, *outside;
};

static int set_up(void **state)
{
    struct place *p = NEW(struct place);
    p->dir = tempdir_make();
    p->root = mem_printf("%s/tree", p->dir);
    p->outside = mem_printf("%s/outside", p->dir);
    tempdir_put(p->root, "splintarr.yaml", "version: 1\n");
    tempdir_put(p->outside, "other.yaml", "queues: {}\n");
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    tempdir_remove(p->dir);
    mem_free(p->root);
    mem_free(p->outside);
    mem_free(p);
    return 0;
}

/* The selected paths, one per line, and the codes of the findings. */
static void collect(const char *root, struct buf *ret)
{
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(walk_done) struct walk w = {.root = -1};
    struct err e;
    assert_true(walk_open(root, diags, &w, &e));
    walk_collect(&w);
    buf_init(ret, BUF_TEXT);
    for (size_t i = 0; i < w.files.n; i++)
        buf_printf(ret, "%s\n", w.files.at[i].path);
    for (size_t i = 0; i < diags_n(diags); i++)
        buf_printf(ret, "%s %s\n", diag_code_text(diags_at(diags, i)->code),
                   diags_at(diags, i)->at.file);
}

static void names_decide(void **state)
{
    struct place *p = *state;
    static const char *const paths[] = {
        "b.yml",       "a.json",      "queues/tv.yaml", ".hidden.yaml", "_draft.yaml", "tv.yaml~",
        "x.yaml.swp",  "x.yaml.tmp",  "x.yaml.bak",     "x.yaml.orig",  "4913",        "notes.txt",
        ".git/x.yaml", "_off/x.yaml", "deep/er/x.yaml", "lists/a.yaml~"};
    for (size_t i = 0; i < COUNT(paths); i++)
        tempdir_put(p->root, paths[i], "{}\n");
    CLEANUP(buf_done) struct buf b;
    collect(p->root, &b);
    assert_string_equal(b.at, "a.json\nb.yml\ndeep/er/x.yaml\nqueues/tv.yaml\nsplintarr.yaml\n");
}

/* Real files keep their own path; a link to one adds nothing. */
static void same_file_is_read_once(void **state)
{
    struct place *p = *state;
    tempdir_put(p->root, "queues/tv.yaml", "{}\n");
    tempdir_link("queues/tv.yaml", p->root, "a-link.yaml");
    tempdir_link("queues", p->root, "a-dir");
    tempdir_link(".", p->root, "loop");
    CLEANUP(buf_done) struct buf b;
    collect(p->root, &b);
    assert_string_equal(b.at, "queues/tv.yaml\nsplintarr.yaml\n");
}

/* A mounted ConfigMap: files are links into a hidden directory of the same root. */
static void links_inside_the_root_are_followed(void **state)
{
    struct place *p = *state;
    tempdir_put(p->root, "..2026/queues.yaml", "{}\n");
    tempdir_link("..2026", p->root, "..data");
    tempdir_link("..data/queues.yaml", p->root, "queues.yaml");
    CLEANUP(buf_done) struct buf b;
    collect(p->root, &b);
    assert_string_equal(b.at, "queues.yaml\nsplintarr.yaml\n");
}

static void links_to_outside_are_findings(void **state)
{
    struct place *p = *state;
    tempdir_link("../outside/other.yaml", p->root, "x.yaml");
    tempdir_link("/nowhere/at/all.yaml", p->root, "y.yaml");
    tempdir_link("../outside", p->root, "result"); /* a directory is often a build result */
    tempdir_link("/etc/passwd", p->root, "passwd");
    CLEANUP(buf_done) struct buf b;
    collect(p->root, &b);
    assert_string_equal(b.at, "splintarr.yaml\nE117 x.yaml\nE117 y.yaml\n");
}

/* "/tmp/…/tree-2" begins with "/tmp/…/tree" and is outside all the same. */
static void a_neighbour_with_a_longer_name_is_outside(void **state)
{
    struct place *p = *state;
    CLEANUP(freep) char *neighbour = mem_printf("%s-2", p->root);
    tempdir_put(neighbour, "x.yaml", "{}\n");
    tempdir_link("../tree-2/x.yaml", p->root, "x.yaml");
    CLEANUP(buf_done) struct buf b;
    collect(p->root, &b);
    assert_string_equal(b.at, "splintarr.yaml\nE117 x.yaml\n");
}

static void a_pipe_is_no_file_and_does_not_hang(void **state)
{
    struct place *p = *state;
    CLEANUP(freep) char *path = mem_printf("%s/x.yaml", p->root);
    assert_int_equal(mkfifo(path, 0644), 0);
    CLEANUP(buf_done) struct buf b;
    collect(p->root, &b);
    assert_string_equal(b.at, "splintarr.yaml\nE117 x.yaml\n");
}

static void expect_refused(const char *root, enum err_code code, const char *part)
{
    struct walk w;
    struct err e;
    assert_false(walk_open(root, NULL, &w, &e));
    assert_int_equal(e.code, code);
    assert_non_null(strstr(e.msg, part));
}

static void a_root_that_is_none_says_what_to_do(void **state)
{
    struct place *p = *state;
    CLEANUP(freep) char *file = mem_printf("%s/splintarr.yaml", p->root);
    CLEANUP(freep) char *nothing = mem_printf("%s/nothing", p->root);
    expect_refused(file, ERR_USAGE, "bind-mount the directory");
    expect_refused(nothing, ERR_IO, "splintarr init");
}

static void reading_has_limits(void **state)
{
    struct place *p = *state;
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(walk_done) struct walk w = {.root = -1};
    CLEANUP(buf_done) struct buf b = {0};
    struct err e;
    tempdir_put(p->root, "five.yaml", "12345");
    tempdir_link("../outside/other.yaml", p->root, "out.yaml");
    assert_true(walk_open(p->root, diags, &w, &e));
    assert_false(walk_read(&w, "five.yaml", 4, &b, &e));
    assert_false(walk_read(&w, "out.yaml", 100, &b, &e));
    assert_false(walk_read(&w, "../outside/other.yaml", 100, &b, &e));
    assert_false(walk_read(&w, "/etc/passwd", 100000, &b, &e));
    assert_true(walk_read(&w, "five.yaml", 5, &b, &e));
    assert_string_equal(b.at, "12345");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(names_decide),
        T(same_file_is_read_once),
        T(links_inside_the_root_are_followed),
        T(links_to_outside_are_findings),
        T(a_neighbour_with_a_longer_name_is_outside),
        T(a_pipe_is_no_file_and_does_not_hang),
        T(a_root_that_is_none_says_what_to_do),
        T(reading_has_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
