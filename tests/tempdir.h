/* tests/tempdir.h — a fresh directory for a test, its files, and its end. */
#ifndef SPL_TESTS_TEMPDIR_H
#define SPL_TESTS_TEMPDIR_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* Caller frees; tempdir_remove removes. */
static inline char *tempdir_make(void)
{
    char *dir = mem_strdup("/tmp/splintarr-test-XXXXXX");
    if (!mkdtemp(dir))
        abort();
    return dir;
}

static inline int tempdir_remove_one(const char *path, const struct stat *st UNUSED,
                                     int type UNUSED, struct FTW *at UNUSED)
{
    return remove(path);
}

static inline void tempdir_remove(char *dir)
{
    nftw(dir, tempdir_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    mem_free(dir);
}

/* Writes DIR/PATH, making the directories on the way. */
static inline void tempdir_put(const char *dir, const char *path, const char *text)
{
    struct err e;
    CLEANUP(freep) char *full = mem_printf("%s/%s", dir, path);
    CLEANUP(freep) char *parent = mem_strdup(full);
    *strrchr(parent, '/') = '\0';
    if (!file_make_dirs(parent, 0755, &e) ||
        !file_write_atomic(full, text, strlen(text), 0644, &e)) {
        fprintf(stderr, "%s\n", e.msg);
        abort();
    }
}

static inline void tempdir_link(const char *target, const char *dir, const char *path)
{
    CLEANUP(freep) char *full = mem_printf("%s/%s", dir, path);
    if (symlink(target, full) < 0)
        abort();
}

#endif
