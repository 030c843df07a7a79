/* tests/unit/store_files.h — opening that fails with a sentence, and ways to spoil a file. */
#ifndef SPL_TEST_STORE_FILES_H
#define SPL_TEST_STORE_FILES_H

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "store/open.h"
#include "unit/store_state.h"

static inline void assert_error(const struct err *e, enum err_code code, const char *part)
{
    if (e->code != code || !strstr(e->msg, part))
        fail_msg("expected code %d and '%s', got code %d: %s", (int)code, part, (int)e->code,
                 e->msg);
}

/* Opening fails, and says so. */
static inline void refused(struct state *t, enum store_mode mode, enum err_code code,
                           const char *part)
{
    struct store *s = NULL;
    enum store_found found;
    assert_false(state_try(t, mode, &s, &found));
    assert_null(s);
    assert_error(&t->e, code, part);
}

static inline void absent(struct state *t, enum store_mode mode)
{
    struct store *s = (struct store *)(void *)t;
    enum store_found found = STORE_OPENED;
    OK(t, state_try(t, mode, &s, &found));
    assert_null(s);
    assert_int_equal(found, STORE_ABSENT);
}

static inline mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

static inline void make(struct state *t)
{
    state_open(t, STORE_CREATE);
    OK(t, store_meta_set(t->store, "planted", "remember me", &t->e));
    t->store = store_close(t->store);
}

static inline void overwrite(const char *path, off_t at, const char *bytes, size_t n)
{
    CLEANUP(closep) int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, n, at), n);
}

static inline void flip(const char *path, off_t at)
{
    CLEANUP(closep) int fd = open(path, O_RDWR);
    char c;
    assert_int_equal(pread(fd, &c, 1, at), 1);
    c = (char)(c ^ 1);
    assert_int_equal(pwrite(fd, &c, 1, at), 1);
}

static inline off_t size_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_size;
}

#endif
