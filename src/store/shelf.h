/* store/shelf.h — turning rows into items: an item's own columns, its title's (looked up once while
 * rows of one title follow each other), the names of its profile and tags, its memory. */
#ifndef SPL_STORE_SHELF_H
#define SPL_STORE_SHELF_H

#include "base/vec.h"
#include "store/library.h"
#include "store/stmt.h"

struct arena;

/* Columns 0 … of a row that begins with COLS_TITLE of queries.def; strings in `arena`. */
struct title title_read(struct stmt *q, struct arena *arena);
/* COLS_MEMORY from column `at` on; all zero when there are none. */
struct item_memory memory_read(struct stmt *q, int at);
/* The same with COLS_LUCK after them. */
struct item_memory memory_read_all(struct stmt *q, int at);

/* COLS_ITEM (the identity is the last of them), COLS_MEMORY, COLS_LUCK: what shelf_item reads. */
enum {
    ITEM_COLUMNS = 20,
    MEMORY_COLUMNS = 8,
    LUCK_COLUMNS = 4,
    SHELF_COLUMNS = ITEM_COLUMNS + 1 + MEMORY_COLUMNS + LUCK_COLUMNS
};

struct shelf {
    struct store *store;
    int64_t instance;   /* row id; 0: unknown to the store */
    ms_t ahead;         /* its clock of ours */
    struct arena *own;  /* names, and titles unless they go to the caller's */
    struct arena *page; /* the current title */
    bool keeps_titles;  /* page is the caller's: never reset */
    VEC(struct stored_profile) profiles;
    VEC(struct stored_tag) tags;
    VEC(const char *) open; /* identities being searched now */
    struct title title;
    const char *labels; /* of the title's tags */
    const struct stored_profile *profile;
    const char *profile_name; /* "": none is known */
};

/* `titles`: where titles' strings go; NULL: only the current one is kept. */
MUST_CHECK bool shelf_init(struct shelf *h, struct store *s, const char *instance,
                           struct arena *titles, struct err *e);
void shelf_done(struct shelf *h);

/* From the first SHELF_COLUMNS of a row. The item's strings live until the next
 * call; with a `titles` arena all but episode_title live in it. */
MUST_CHECK bool shelf_item(struct shelf *h, struct stmt *q, struct item *ret,
                           struct item_memory *ret_memory, struct err *e);

#endif
