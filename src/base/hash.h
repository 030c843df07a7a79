/* base/hash.h — SHA-256 and HMAC-SHA-256, and the SHA-1 that names git's objects (libcrypto). */
#ifndef SPL_BASE_HASH_H
#define SPL_BASE_HASH_H

#include <stdint.h>

#include "base/macros.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 65, SHA1_BYTES = 20, SHA1_HEX = 41 };

struct sha256; /* a running hash */
struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *h, const void *bytes, size_t n);
void sha256_end(struct sha256 *h, uint8_t ret[static SHA256_BYTES]); /* frees h */

void hash_sha256(const void *bytes, size_t n, uint8_t ret[static SHA256_BYTES]);
void hash_hmac(const void *key, size_t n_key, const void *bytes, size_t n,
               uint8_t ret[static SHA256_BYTES]);

/* The name git gives a file of these bytes: SHA-1 over "blob N", a NUL and the bytes. */
void hash_git_blob(const void *bytes, size_t n, uint8_t ret[static SHA1_BYTES]);

/* Lower-case hex with a NUL: ret holds 2n + 1 bytes. */
char *hash_hex(const uint8_t *bytes, size_t n, char *ret);

#endif
