/* tests/unit/store_state.h — a state directory of a test's own, removed at its end. */
#ifndef SPL_TEST_STORE_STATE_H
#define SPL_TEST_STORE_STATE_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "store/store.h"

struct state {
    char root[64], dir[80], db[100], key[100];
    struct virtual_clock clock;
    struct store *store;
    struct err e;
};

/* 2026-11-23T12:00:00Z: 1795435200 s after the epoch (date -u -d 2026-11-23T12:00:00Z +%s). */
#define NOON ((utc_t)1795435200000)

static inline int remove_one(const char *path, const struct stat *st UNUSED, int type UNUSED,
                             struct FTW *f UNUSED)
{
    return remove(path);
}

static inline int state_setup(void **ret)
{
    struct state *t = NEW(struct state);
    snprintf(t->root, sizeof t->root, "/tmp/splintarr-store-XXXXXX");
    if (!mkdtemp(t->root))
        return -1;
    snprintf(t->dir, sizeof t->dir, "%s/state", t->root);
    snprintf(t->db, sizeof t->db, "%s/splintarr.db", t->dir);
    snprintf(t->key, sizeof t->key, "%s/key", t->dir);
    virtual_clock_init(&t->clock, NOON);
    *ret = t;
    return 0;
}

static inline int state_teardown(void **ret)
{
    struct state *t = *ret;
    store_close(t->store);
    nftw(t->root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    mem_free(t);
    return 0;
}

static inline bool state_try(struct state *t, enum store_mode mode, struct store **ret,
                             enum store_found *found)
{
    const struct store_setup setup = {.dir = t->dir, .mode = mode, .clock = &t->clock.clock};
    return store_open(&setup, ret, found, &t->e);
}

#define OK(t, call)                                                                                \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, (t)->e.msg);                                                 \
    } while (0)

/* Opens t->store, anew if it is open. */
static inline void state_open(struct state *t, enum store_mode mode)
{
    enum store_found found;
    t->store = store_close(t->store);
    OK(t, state_try(t, mode, &t->store, &found));
    assert_non_null(t->store);
}

static inline int store_setup_open(void **ret)
{
    if (state_setup(ret))
        return -1;
    state_open(*ret, STORE_CREATE);
    return 0;
}

#endif
