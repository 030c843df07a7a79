/* store/key.h — where the database key comes from. Knows files, nothing about SQL.
 *
 * A key file holds exactly 32 random bytes. Its mode is not judged: credentials of a service
 * manager and secrets of containers are readable in their own ways. */
#ifndef SPL_STORE_KEY_H
#define SPL_STORE_KEY_H

#include "base/err.h"

enum { KEY_BYTES = 32, KEY_LITERAL = 2 + 2 * KEY_BYTES + 1 };

/* The raw key as SQLCipher takes it: x'64 hex digits', KEY_LITERAL characters and a NUL. */
struct key {
    char literal[KEY_LITERAL + 1];
};
void key_done(struct key *k); /* wipes; for CLEANUP too */

MUST_CHECK bool key_load(const char *path, struct key *ret, struct err *e);
/* Makes a new key, mode 0600, unless there is one: left by a start that died before its database.
 */
MUST_CHECK bool key_ensure(const char *path, struct err *e);

#endif
