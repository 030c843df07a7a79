/* Any bytes as a list: what comes out does not depend on how they are cut into pieces. The first
 * byte chooses the size of the pieces. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/mem.h"
#include "http/split.h"

static bool collect(void *ctx, json_t *element, struct err *e UNUSED)
{
    struct buf *out = ctx;
    CLEANUP(freep) char *text = jx_canonical(element);
    buf_puts(out, text);
    buf_putc(out, '\n');
    return true;
}

static void split(const char *text, size_t n, size_t piece, const char *const keys[],
                  struct buf *out)
{
    struct err e = {0};
    struct split *s = split_new(keys, collect, out);
    bool ok = true;
    for (size_t at = 0; ok && at < n; at += piece)
        ok = split_feed(s, text + at, MIN(piece, n - at), &e);
    ok = ok && split_end(s, &e);
    buf_puts(out, ok ? "ok" : e.msg);
    split_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const wanted[] = {"id", "title", "a", NULL};
    if (size < 1)
        return 0;
    const char *text = (const char *)data + 1;
    for (int i = 0; i < 2; i++) {
        CLEANUP(buf_done) struct buf whole, cut;
        buf_init(&whole, BUF_TEXT);
        buf_init(&cut, BUF_TEXT);
        split(text, size - 1, size, i ? wanted : NULL, &whole);
        split(text, size - 1, data[0] % 9 + 1u, i ? wanted : NULL, &cut);
        assert(strcmp(whole.at, cut.at) == 0);
    }
    return 0;
}
