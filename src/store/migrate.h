/* store/migrate.h — bringing a database to the schema this program knows.
 *
 * Migrations are numbered from 1 without gaps; user_version is the newest applied. Each is one
 * transaction with its own row (number, checksum). Before an existing database changes, a copy of
 * it is kept beside it: splintarr.db.before-NNNN, under the same key. */
#ifndef SPL_STORE_MIGRATE_H
#define SPL_STORE_MIGRATE_H

#include "store/embedded.h"
#include "store/handle.h"

struct migrations {
    const struct embedded *at;
    size_t n;
};

/* Refuses a schema newer than the list and one whose migrations differ from it. Sets s->schema. */
MUST_CHECK bool migrate_check(struct store *s, const struct migrations *list, struct err *e);
/* Applies what is missing; after migrate_check. */
MUST_CHECK bool migrate_run(struct store *s, const struct migrations *list, struct err *e);
/* The statements alone, for a scratch database to compare with. */
MUST_CHECK bool migrate_scratch(struct store *scratch, const struct migrations *list,
                                struct err *e);

#endif
