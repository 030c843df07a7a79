/* base/seal.c — an armoured block: a line of costs, then salt, nonce and box in base64. */
#include "base/seal.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum {
    SALT = crypto_pwhash_SALTBYTES,
    NONCE = crypto_secretbox_NONCEBYTES,
    MAC = crypto_secretbox_MACBYTES,
    HEAD = SALT + NONCE,
    LINE = 64,
    COSTLIEST_OPS = 20,
};
/* libsodium's "moderate" would take 256 MiB: too much for a small box. These are "interactive"
 * memory and three passes. */
static const unsigned long long ops_now = 3;
static const size_t memory_now = crypto_pwhash_MEMLIMIT_INTERACTIVE;
static const size_t costliest_memory = (size_t)1024 * 1024 * 1024;

static bool derive(const struct secret *passphrase, const uint8_t *salt, unsigned long long ops,
                   size_t memory, uint8_t ret[static crypto_secretbox_KEYBYTES], struct err *e)
{
    if (crypto_pwhash(ret, crypto_secretbox_KEYBYTES, passphrase->value, passphrase->n, salt, ops,
                      memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return err_set(e, ERR_IO, "not enough memory to derive a key from the passphrase");
    return true;
}

static bool ready(struct err *e)
{
    return sodium_init() >= 0 || err_set(e, ERR_IO, "libsodium cannot be used here");
}

static void put_base64(struct buf *b, const uint8_t *bytes, size_t n)
{
    size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
    CLEANUP(freep) char *text = mem_zeroed(size);
    sodium_bin2base64(text, size, bytes, n, sodium_base64_VARIANT_ORIGINAL);
    for (size_t at = 0; text[at]; at += strnlen(text + at, LINE))
        buf_printf(b, "%.*s\n", LINE, text + at);
}

bool seal_text(const struct secret *passphrase, const void *bytes, size_t n, const char *label,
               struct buf *ret, struct err *e)
{
    uint8_t key[crypto_secretbox_KEYBYTES];
    size_t n_label = strlen(label) + 1, n_plain = n_label + n;
    if (n > SEAL_MAX)
        return err_set(e, ERR_USAGE, "too much to seal: %zu bytes", n);
    CLEANUP(freep) uint8_t *plain = mem_zeroed(n_plain);
    CLEANUP(freep) uint8_t *sealed = mem_zeroed(HEAD + MAC + n_plain);
    if (!ready(e))
        return false;
    memcpy(plain, label, n_label);
    memcpy(plain + n_label, bytes, n);
    randombytes_buf(sealed, HEAD);
    bool ok = derive(passphrase, sealed, ops_now, memory_now, key, e);
    if (ok)
        crypto_secretbox_easy(sealed + HEAD, plain, n_plain, sealed + SALT, key);
    sodium_memzero(key, sizeof key);
    sodium_memzero(plain, n_plain);
    if (!ok)
        return false;
    buf_init(ret, 2 * (size_t)SEAL_MAX + 4096);
    buf_printf(ret, "-----BEGIN SPLINTARR SEALED %s-----\nargon2id ops=%llu memory=%zu\n", label,
               ops_now, memory_now);
    put_base64(ret, sealed, HEAD + MAC + n_plain);
    buf_printf(ret, "-----END SPLINTARR SEALED %s-----\n", label);
    return true;
}

/* ---- opening ---- */

struct block {
    unsigned long long ops;
    size_t memory;
    struct buf bytes; /* salt, nonce, box */
};

static void block_done(struct block *b)
{
    buf_done(&b->bytes);
}

static bool no_block(const char *label, struct err *e)
{
    return err_set(e, ERR_USAGE, "there is no block '-----BEGIN SPLINTARR SEALED %s-----' in it",
                   label);
}

static bool damaged(struct err *e)
{
    return err_set(e, ERR_USAGE, "the passphrase is wrong, or the sealed text is damaged");
}

/* The base64 of one line, behind "# " where that stands. */
static bool take_line(struct block *b, const char *line, size_t n)
{
    uint8_t bytes[LINE];
    size_t got;
    if (sodium_base642bin(bytes, sizeof bytes, line, n, " #\r", &got, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    buf_add(&b->bytes, bytes, got);
    return !b->bytes.is_cut;
}

static bool find_block(const char *text, const char *label, struct block *ret, struct err *e)
{
    CLEANUP(freep) char *begin = mem_printf("-----BEGIN SPLINTARR SEALED %s-----", label);
    CLEANUP(freep) char *end = mem_printf("-----END SPLINTARR SEALED %s-----", label);
    const char *at = strstr(text, begin);
    const char *stop = at ? strstr(at, end) : NULL;
    const char *costs = stop ? strstr(at, "argon2id ops=") : NULL;
    if (!costs || costs > stop ||
        sscanf(costs, "argon2id ops=%llu memory=%zu", &ret->ops, &ret->memory) != 2)
        return no_block(label, e);
    if (ret->ops > COSTLIEST_OPS || ret->memory > costliest_memory)
        return err_set(e, ERR_USAGE, "opening it would cost more than this program agrees to");
    buf_init(&ret->bytes, (size_t)SEAL_MAX + 4096);
    for (at = strchr(costs, '\n'); at && ++at < stop; at = strchr(at, '\n'))
        if (strcspn(at, "\n") < (size_t)(stop - at) && !take_line(ret, at, strcspn(at, "\n")))
            return damaged(e);
    return ret->bytes.n > HEAD + MAC || damaged(e);
}

static bool decrypt(const struct secret *passphrase, const struct block *b, uint8_t *plain,
                    struct err *e)
{
    const uint8_t *sealed = (const uint8_t *)b->bytes.at;
    uint8_t key[crypto_secretbox_KEYBYTES];
    if (!ready(e) || !derive(passphrase, sealed, b->ops, b->memory, key, e))
        return false;
    int rc =
        crypto_secretbox_open_easy(plain, sealed + HEAD, b->bytes.n - HEAD, sealed + SALT, key);
    sodium_memzero(key, sizeof key);
    return rc == 0 || damaged(e);
}

bool seal_open(const struct secret *passphrase, const char *text, const char *label,
               struct secret *ret, struct err *e)
{
    CLEANUP(block_done) struct block b = {0};
    if (!find_block(text, label, &b, e))
        return false;
    size_t n = b.bytes.n - HEAD - MAC, n_label = strlen(label) + 1;
    CLEANUP(freep) uint8_t *plain = mem_zeroed(n + 1);
    bool ok = decrypt(passphrase, &b, plain, e);
    if (ok && (n < n_label || memcmp(plain, label, n_label) != 0))
        ok = damaged(e);
    if (ok)
        secret_set(ret, (const char *)plain + n_label, n - n_label);
    sodium_memzero(plain, n);
    return ok;
}
