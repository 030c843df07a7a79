/* base/seal.h — bytes under a passphrase, as text that may be mailed or kept in git.
 *
 * libsodium: Argon2id makes a key of the passphrase (its cost stands in the text),
 * XSalsa20-Poly1305 encrypts and proves. The label ("secrets", "database key") is part of what is
 * sealed: a text of one kind does not open as another. */
#ifndef SPL_BASE_SEAL_H
#define SPL_BASE_SEAL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"

enum { SEAL_MAX = 1024 * 1024 };

/* `ret` is made here; the caller buf_done's. */
MUST_CHECK bool seal_text(const struct secret *passphrase, const void *bytes, size_t n,
                          const char *label, struct buf *ret, struct err *e);
/* Finds the block in `text`, whatever stands around it and in front of its lines ("# "). ERR_USAGE:
 * no such block, a wrong passphrase, or damage; which of the last two cannot be told. */
MUST_CHECK bool seal_open(const struct secret *passphrase, const char *text, const char *label,
                          struct secret *ret, struct err *e);

#endif
