/* base/hash.c — a thin skin over libcrypto. */
#include "base/hash.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>

struct sha256 *sha256_new(void)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int ok = ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
    assert(ok);
    return (struct sha256 *)(void *)ctx;
}

void sha256_add(struct sha256 *h, const void *bytes, size_t n)
{
    int ok = EVP_DigestUpdate((EVP_MD_CTX *)(void *)h, bytes, n);
    assert(ok);
}

void sha256_end(struct sha256 *h, uint8_t ret[static SHA256_BYTES])
{
    int ok = EVP_DigestFinal_ex((EVP_MD_CTX *)(void *)h, ret, NULL);
    assert(ok);
    EVP_MD_CTX_free((EVP_MD_CTX *)(void *)h);
}

void hash_sha256(const void *bytes, size_t n, uint8_t ret[static SHA256_BYTES])
{
    struct sha256 *h = sha256_new();
    sha256_add(h, bytes, n);
    sha256_end(h, ret);
}

void hash_hmac(const void *key, size_t n_key, const void *bytes, size_t n,
               uint8_t ret[static SHA256_BYTES])
{
    assert(n_key <= 4096);
    const unsigned char *ok = HMAC(EVP_sha256(), key, (int)n_key, bytes, n, ret, NULL);
    assert(ok);
}

void hash_git_blob(const void *bytes, size_t n, uint8_t ret[static SHA1_BYTES])
{
    char header[32];
    int n_header = snprintf(header, sizeof header, "blob %zu", n);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int ok = ctx && EVP_DigestInit_ex(ctx, EVP_sha1(), NULL) &&
             EVP_DigestUpdate(ctx, header, (size_t)n_header + 1) &&
             EVP_DigestUpdate(ctx, bytes, n) && EVP_DigestFinal_ex(ctx, ret, NULL);
    assert(ok);
    EVP_MD_CTX_free(ctx);
}

char *hash_hex(const uint8_t *bytes, size_t n, char *ret)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        ret[2 * i] = hex[bytes[i] >> 4];
        ret[2 * i + 1] = hex[bytes[i] & 15];
    }
    ret[2 * n] = '\0';
    return ret;
}
