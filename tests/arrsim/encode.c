/* arrsim/encode.c — gzip by zlib, brotli by hand (RFC 7932, section 9). */
#include "arrsim/encode.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"

enum { BLOCK_MAX = 1 << 16, GZIP = 16 + MAX_WBITS };

void encoder_init(struct encoder *ret, const char *accept)
{
    *ret = (struct encoder){.name = strstr(accept, "br")     ? "br"
                                    : strstr(accept, "gzip") ? "gzip"
                                                             : NULL};
    if (ret->name && str_eq(ret->name, "gzip") &&
        deflateInit2(&ret->gzip, Z_BEST_SPEED, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        ret->name = NULL;
}

void encoder_done(struct encoder *en)
{
    if (en->name && str_eq(en->name, "gzip"))
        deflateEnd(&en->gzip);
    *en = (struct encoder){0};
}

static void gzip(struct encoder *en, const char *bytes, size_t n, bool is_last, struct buf *out)
{
    unsigned char some[BLOCK_MAX];
    en->gzip.next_in = (unsigned char *)(uintptr_t)bytes;
    en->gzip.avail_in = (unsigned)n;
    do {
        en->gzip.next_out = some;
        en->gzip.avail_out = sizeof some;
        deflate(&en->gzip, is_last ? Z_FINISH : Z_SYNC_FLUSH);
        buf_add(out, some, sizeof some - en->gzip.avail_out);
    } while (en->gzip.avail_out == 0);
}

/* In order of bits: the window (0, once), not the last block, four nibbles of length less one, not
 * compressed; then zeros to the end of the byte. */
static void brotli_block(struct encoder *en, const char *bytes, size_t n, struct buf *out)
{
    unsigned shift = en->is_begun ? 3 : 4;
    uint32_t bits = ((uint32_t)(n - 1) << shift) | (1u << (shift + 16));
    const unsigned char head[] = {(unsigned char)bits, (unsigned char)(bits >> 8),
                                  (unsigned char)(bits >> 16)};
    en->is_begun = true;
    buf_add(out, head, sizeof head);
    buf_add(out, bytes, n);
}

static void brotli(struct encoder *en, const char *bytes, size_t n, bool is_last, struct buf *out)
{
    for (size_t at = 0; at < n; at += BLOCK_MAX)
        brotli_block(en, bytes + at, MIN(n - at, (size_t)BLOCK_MAX), out);
    if (is_last) /* last and empty; before anything else, after the window's bit */
        buf_putc(out, en->is_begun ? 3 : 6);
}

void encode(struct encoder *en, const char *bytes, size_t n, bool is_last, struct buf *out)
{
    if (!en->name)
        buf_add(out, bytes, n);
    else if (str_eq(en->name, "br"))
        brotli(en, bytes, n, is_last, out);
    else
        gzip(en, bytes, n, is_last, out);
}
