/* What a watch on directories tells of, and what not: real directories, the real kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/dirwatch.h"

struct scene {
    char dir[32];
    char *tree; /* a directory in it */
    struct loop *loop;
    struct dirwatch *watch;
    int n_changes;
};

static void on_change(void *ctx)
{
    struct scene *s = ctx;
    s->n_changes++;
}

static void scene_open(struct scene *s)
{
    struct err e = {0};
    *s = (struct scene){.dir = "/tmp/spl-dirwatch.XXXXXX"};
    assert_non_null(mkdtemp(s->dir));
    s->tree = mem_printf("%s/tree", s->dir);
    assert_int_equal(mkdir(s->tree, 0700), 0);
    s->loop = loop_new(&clock_system);
    s->watch = dirwatch_new(s->loop, on_change, s, &e);
    assert_non_null(s->watch);
}

static int remove_one(const char *path, const struct stat *st UNUSED, int type UNUSED,
                      struct FTW *ftw UNUSED)
{
    return remove(path);
}

static void scene_done(struct scene *s)
{
    s->watch = dirwatch_free(s->watch);
    s->loop = loop_free(s->loop);
    mem_free(s->tree);
    nftw(s->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void write_in(const char *dir, const char *name)
{
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, name);
    CLEANUP(closep) int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, "x", 1), 1);
}

static void stop(void *ctx)
{
    loop_stop(ctx);
}

/* The kernel queues what happened before the call that made it happen returns. */
static int changes(struct scene *s)
{
    struct err e = {0};
    s->n_changes = 0;
    loop_after(s->loop, 20, stop, s->loop);
    assert_true(loop_run(s->loop, &e));
    return s->n_changes;
}

/* The tree, and of what holds it only the tree's name. */
static void watch_the_tree(struct scene *s)
{
    const struct dirwatch_place places[] = {{s->dir, "tree"}, {s->dir, "link"}, {s->tree, NULL}};
    size_t n_missed;
    dirwatch_set(s->watch, places, COUNT(places), &n_missed);
    assert_int_equal(n_missed, 0);
}

static void what_lies_beside_is_not_told(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    watch_the_tree(&s);
    write_in(s.dir, "splintarr.db");
    write_in(s.dir, "tree.log");
    assert_int_equal(changes(&s), 0);
    write_in(s.tree, "anything");
    assert_int_equal(changes(&s), 1);
    write_in(s.dir, "link");
    assert_int_equal(changes(&s), 1);
}

static void a_tree_that_moves_is_told(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    CLEANUP(freep) char *aside = mem_printf("%s/aside", s.dir);
    watch_the_tree(&s);
    assert_int_equal(rename(s.tree, aside), 0);
    assert_true(changes(&s) >= 1);
    assert_int_equal(mkdir(s.tree, 0700), 0);
    assert_int_equal(changes(&s), 1);
}

static void only_what_is_set_is_watched(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    const struct dirwatch_place places[] = {{s.dir, NULL}, {"/nowhere", NULL}};
    size_t n_missed;
    watch_the_tree(&s);
    dirwatch_set(s.watch, places, COUNT(places), &n_missed);
    assert_int_equal(n_missed, 1);
    assert_int_equal(changes(&s), 0); /* that a directory is watched no longer is no news */
    write_in(s.tree, "anything");
    assert_int_equal(changes(&s), 0);
    write_in(s.dir, "beside");
    assert_int_equal(changes(&s), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lies_beside_is_not_told),
        cmocka_unit_test(a_tree_that_moves_is_told),
        cmocka_unit_test(only_what_is_set_is_watched),
    };
    return cmocka_run_group_tests_name("dirwatch", tests, NULL, NULL);
}
