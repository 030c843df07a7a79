/* plan/git_delta.c — deltas of packed objects, as gitformat-pack(5) describes them: two sizes, then
 * copies from the base and literal bytes. */
#include "plan/git_objects.h"

struct bytes {
    const uint8_t *at, *end;
};

static bool broken(struct err *e)
{
    return err_set(e, ERR_IO, "a packed object is damaged");
}

/* Seven bits a byte, least significant first. */
static bool read_size(struct bytes *b, size_t *ret)
{
    size_t n = 0;
    for (unsigned shift = 0; b->at < b->end && shift < 63; shift += 7) {
        uint8_t byte = *b->at++;
        n |= (size_t)(byte & 127) << shift;
        if (!(byte & 128)) {
            *ret = n;
            return true;
        }
    }
    return false;
}

/* Those of up to `n` little-endian bytes whose bit is set in `flags`. */
static bool read_some(struct bytes *b, unsigned flags, unsigned n, size_t *ret)
{
    *ret = 0;
    for (unsigned i = 0; i < n; i++) {
        if (!(flags >> i & 1))
            continue;
        if (b->at == b->end)
            return false;
        *ret |= (size_t)*b->at++ << (8 * i);
    }
    return true;
}

static bool copy(struct bytes *b, uint8_t op, const struct buf *base, struct buf *ret)
{
    size_t from, n;
    if (!read_some(b, op, 4, &from) || !read_some(b, (unsigned)op >> 4, 3, &n))
        return false;
    if (n == 0)
        n = 0x10000;
    if (from > base->n || n > base->n - from)
        return false;
    buf_add(ret, base->at + from, n);
    return true;
}

static bool insert(struct bytes *b, uint8_t n, struct buf *ret)
{
    if (n == 0 || n > b->end - b->at)
        return false;
    buf_add(ret, b->at, n);
    b->at += n;
    return true;
}

bool git_delta_apply(const struct buf *base, const struct buf *delta, struct buf *ret,
                     struct err *e)
{
    const uint8_t *at = (const uint8_t *)delta->at;
    struct bytes b = {at, at + delta->n};
    size_t n_base, n_result;
    if (!read_size(&b, &n_base) || !read_size(&b, &n_result) || n_base != base->n ||
        n_result > GIT_OBJECT_MAX)
        return broken(e);
    buf_init(ret, GIT_OBJECT_MAX);
    bool ok = true;
    while (ok && b.at < b.end && ret->n <= n_result) {
        uint8_t op = *b.at++;
        ok = op & 128 ? copy(&b, op, base, ret) : insert(&b, op, ret);
    }
    if (ok && ret->n == n_result)
        return true;
    buf_done(ret);
    return broken(e);
}
