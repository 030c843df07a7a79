/* Where a repository is (gitrepository-layout(5): .git, gitdir files, commondir) and the files that
 * say git is at work in it: the list of the reconcile page, section 3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan/gitdir.h"
#include "tempdir.h"

static int set_up(void **state)
{
    char *dir = tempdir_make();
    tempdir_put(dir, "repo/.git/HEAD", "ref: refs/heads/main\n");
    tempdir_put(dir, "repo/.git/index", "DIRC");
    tempdir_put(dir, "repo/.git/refs/heads/main", "x");
    tempdir_put(dir, "repo/homelab/queues/tv.yaml", "");
    tempdir_put(dir, "repo/.git/worktrees/wt/HEAD", "ref: refs/heads/side\n");
    tempdir_put(dir, "repo/.git/worktrees/wt/commondir", "../..\n");
    tempdir_put(dir, "plain/splintarr.yaml", "");
    *state = dir;
    return 0;
}

static int tear_down(void **state)
{
    tempdir_remove(*state);
    return 0;
}

static bool find(const char *dir, const char *root, struct gitdir *ret)
{
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, root);
    return gitdir_find(path, ret);
}

static void assert_same(const char *path, const char *dir, const char *expected)
{
    CLEANUP(freep) char *wanted = mem_printf("%s/%s", dir, expected);
    struct stat a, b;
    assert_int_equal(stat(path, &a), 0);
    assert_int_equal(stat(wanted, &b), 0);
    assert_true(a.st_ino == b.st_ino && a.st_dev == b.st_dev);
}

static void a_repository_is_found_from_below(void **state)
{
    static const char *const roots[] = {"repo", "repo/homelab", "repo/homelab/queues"};
    for (size_t i = 0; i < COUNT(roots); i++) {
        CLEANUP(gitdir_done) struct gitdir g = {0};
        assert_true(find(*state, roots[i], &g));
        assert_same(g.work, *state, "repo");
        assert_same(g.dir, *state, "repo/.git");
        assert_same(g.common, *state, "repo/.git");
    }
    CLEANUP(gitdir_done) struct gitdir none = {0};
    assert_false(find(*state, "plain", &none));
    assert_false(find(*state, "missing", &none));
    assert_null(none.dir);
}

/* A worktree names its directory from the root of the file system, a submodule from itself. */
static void a_file_leads_to_it(void **state)
{
    const char *dir = *state;
    CLEANUP(freep) char *absolute = mem_printf("gitdir: %s/repo/.git/worktrees/wt\n", dir);
    const char *const lines[] = {absolute, "gitdir: ../repo/.git/worktrees/wt\n"};
    for (size_t i = 0; i < COUNT(lines); i++) {
        CLEANUP(gitdir_done) struct gitdir g = {0};
        tempdir_put(dir, "linked/.git", lines[i]);
        assert_true(find(dir, "linked", &g));
        assert_same(g.work, dir, "linked");
        assert_same(g.dir, dir, "repo/.git/worktrees/wt");
        assert_same(g.common, dir, "repo/.git");
    }
    CLEANUP(gitdir_done) struct gitdir none = {0};
    tempdir_put(dir, "linked/.git", "something else\n");
    assert_false(find(dir, "linked", &none));
}

static void nothing_is_going_on(void **state)
{
    CLEANUP(gitdir_done) struct gitdir g = {0};
    char busy[GIT_BUSY];
    assert_true(find(*state, "repo", &g));
    assert_false(gitdir_busy(&g, busy));
}

static const struct {
    const char *name, *says;
} signs[] = {
    {"index.lock", "index.lock is there"},
    {"HEAD.lock", "HEAD.lock is there"},
    {"packed-refs.lock", "packed-refs.lock is there"},
    {"refs/heads/main.lock", "main.lock is there"},
    {"refs/heads/feature/deep/er.lock", "er.lock is there"},
    {"rebase-merge/done", "rebase in progress in "},
    {"rebase-apply/next", "rebase in progress in "},
    {"MERGE_HEAD", "merge in progress in "},
    {"CHERRY_PICK_HEAD", "cherry-pick in progress in "},
    {"REVERT_HEAD", "revert in progress in "},
    {"BISECT_LOG", "bisect in progress in "},
};

static void each_sign_of_work_is_seen(void **state)
{
    const char *dir = *state;
    CLEANUP(gitdir_done) struct gitdir g = {0};
    assert_true(find(dir, "repo", &g));
    for (size_t i = 0; i < COUNT(signs); i++) {
        char busy[GIT_BUSY] = "";
        CLEANUP(freep) char *path = mem_printf("repo/.git/%s", signs[i].name);
        CLEANUP(freep) char *full = mem_printf("%s/%s", dir, path);
        tempdir_put(dir, path, "");
        if (!gitdir_busy(&g, busy) || !strstr(busy, signs[i].says))
            fail_msg("%s: '%s'", signs[i].name, busy);
        assert_int_equal(remove(full), 0);
        if (strncmp(signs[i].name, "rebase", 6) == 0) {
            *strrchr(full, '/') = '\0';
            assert_int_equal(rmdir(full), 0);
        }
        assert_false(gitdir_busy(&g, busy));
    }
}

/* Its index and its merges are a worktree's own, branches are everybody's. */
static void a_worktree_has_its_own_work(void **state)
{
    const char *dir = *state;
    static const struct {
        const char *path;
        bool is_busy;
    } rows[] = {
        {"repo/.git/index.lock", false},
        {"repo/.git/MERGE_HEAD", false},
        {"repo/.git/worktrees/wt/index.lock", true},
        {"repo/.git/worktrees/wt/MERGE_HEAD", true},
        {"repo/.git/refs/heads/side.lock", true},
        {"repo/.git/packed-refs.lock", true},
    };
    CLEANUP(gitdir_done) struct gitdir g = {0};
    tempdir_put(dir, "linked/.git", "gitdir: ../repo/.git/worktrees/wt\n");
    assert_true(find(dir, "linked", &g));
    for (size_t i = 0; i < COUNT(rows); i++) {
        char busy[GIT_BUSY];
        CLEANUP(freep) char *full = mem_printf("%s/%s", dir, rows[i].path);
        tempdir_put(dir, rows[i].path, "");
        if (gitdir_busy(&g, busy) != rows[i].is_busy)
            fail_msg("%s", rows[i].path);
        assert_int_equal(remove(full), 0);
    }
}

static void the_signature_follows_index_and_head(void **state)
{
    const char *dir = *state;
    CLEANUP(gitdir_done) struct gitdir g = {0};
    char before[GIT_SIGNATURE], after[GIT_SIGNATURE];
    assert_true(find(dir, "repo", &g));
    gitdir_signature(&g, before);
    gitdir_signature(&g, after);
    assert_string_equal(before, after);
    static const char *const files[] = {"repo/.git/index", "repo/.git/HEAD"};
    for (size_t i = 0; i < COUNT(files); i++) {
        gitdir_signature(&g, before);
        tempdir_put(dir, files[i], "ref: refs/heads/elsewhere\n");
        gitdir_signature(&g, after);
        assert_string_not_equal(before, after);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_repository_is_found_from_below),
        TEST(a_file_leads_to_it),
        TEST(nothing_is_going_on),
        TEST(each_sign_of_work_is_seen),
        TEST(a_worktree_has_its_own_work),
        TEST(the_signature_follows_index_and_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
