/* store/inspect.h — looking at the database file itself, before and after SQLite does. */
#ifndef SPL_STORE_INSPECT_H
#define SPL_STORE_INSPECT_H

#include "store/handle.h"

/* Whether there is a database; an empty file is none. Refuses plaintext SQLite files and files cut
 * in the middle of a page. */
MUST_CHECK bool inspect_file(const char *path, bool *ret_is_there, struct err *e);

/* The first read of a keyed handle failed: says whether the key is wrong or the file is damaged.
 * Every page carries an HMAC under the key, so a right key verifies some page of a damaged file and
 * a wrong one verifies none. Returns false. */
bool inspect_unreadable(struct store *s, const char *key_path, int rc, struct err *e);

#endif
