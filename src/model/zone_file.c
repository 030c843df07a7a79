/* model/zone_file.c — compiled time zones (TZif, RFC 8536), version 2 and later: the 64-bit block
 * and the rule behind it. Everything read is checked against the size of the file. */
#include <string.h>

#include "base/mem.h"
#include "model/zone_parts.h"

enum { HEADER = 44, TYPE = 6, CHANGES_MAX = 5000, HALVES_MAX = 256 };

struct block { /* the counts of a header, in file order */
    size_t n_ut, n_std, n_leap, n_changes, n_types, n_chars;
};

static uint32_t read_u32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t read_i64(const unsigned char *p)
{
    return (int64_t)((uint64_t)read_u32(p) << 32 | read_u32(p + 4));
}

static bool bad(struct err *e)
{
    return err_set(e, ERR_IO, "not a compiled time zone of version 2 or later");
}

static bool read_header(const unsigned char *p, size_t n, struct block *ret)
{
    if (n < HEADER || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
        return false;
    *ret = (struct block){read_u32(p + 20), read_u32(p + 24), read_u32(p + 28),
                          read_u32(p + 32), read_u32(p + 36), read_u32(p + 40)};
    return ret->n_changes <= CHANGES_MAX && ret->n_types && ret->n_types <= HALVES_MAX &&
           ret->n_chars <= CHANGES_MAX && ret->n_leap <= CHANGES_MAX && ret->n_ut <= HALVES_MAX &&
           ret->n_std <= HALVES_MAX;
}

static size_t block_bytes(const struct block *b, size_t time_bytes)
{
    return b->n_changes * (time_bytes + 1) + b->n_types * TYPE + b->n_chars +
           b->n_leap * (time_bytes + 4) + b->n_std + b->n_ut;
}

static bool read_halves(struct zone *z, const unsigned char *types, const unsigned char *chars,
                        const struct block *b)
{
    z->n_halves = b->n_types;
    z->halves = mem_zeroed(z->n_halves * sizeof *z->halves);
    for (size_t i = 0; i < z->n_halves; i++) {
        const unsigned char *type = types + i * TYPE;
        int32_t offset = (int32_t)read_u32(type);
        size_t at = type[5];
        if (offset < -90000 || offset > 93600 || at >= b->n_chars) /* RFC 8536 section 3.2 */
            return false;
        z->halves[i].offset = offset;
        size_t length = strnlen((const char *)chars + at, b->n_chars - at);
        length = MIN(length, (size_t)ZONE_ABBREVIATION - 1);
        memcpy(z->halves[i].abbreviation, chars + at, length);
    }
    return true;
}

static bool read_changes(struct zone *z, const unsigned char *times, const struct block *b)
{
    const unsigned char *to = times + b->n_changes * 8;
    z->n = b->n_changes;
    z->at = mem_zeroed((z->n + 1) * sizeof *z->at);
    z->to = mem_zeroed(z->n + 1);
    for (size_t i = 0; i < z->n; i++) {
        z->at[i] = read_i64(times + i * 8);
        z->to[i] = to[i];
        if (to[i] >= b->n_types || (i && z->at[i] <= z->at[i - 1]))
            return false;
    }
    return true;
}

/* The line behind the block. An empty one means "nothing is known": the last half goes on. */
static bool read_rule(struct zone *z, const unsigned char *p, size_t n)
{
    enum { RULE_MAX = 128 };
    char text[RULE_MAX];
    const unsigned char *end = n > 1 && p[0] == '\n' ? memchr(p + 1, '\n', n - 1) : NULL;
    if (!end || end - p >= RULE_MAX)
        return false;
    size_t length = (size_t)(end - p) - 1;
    memcpy(text, p + 1, length);
    text[length] = '\0';
    if (length)
        return zone_rule_parse(text, &z->rule);
    z->rule.std = z->halves[z->n ? z->to[z->n - 1] : 0];
    return true;
}

bool zone_decode(struct zone *z, const unsigned char *bytes, size_t n, struct err *e)
{
    struct block first, second;
    if (!read_header(bytes, n, &first))
        return bad(e);
    size_t skip = HEADER + block_bytes(&first, 4); /* the 32-bit block, for old readers */
    if (skip >= n || !read_header(bytes + skip, n - skip, &second))
        return bad(e);
    const unsigned char *times = bytes + skip + HEADER;
    size_t rest = n - skip - HEADER, used = block_bytes(&second, 8);
    if (used > rest || second.n_leap) /* "right" zones count leap seconds; nobody's clock does */
        return bad(e);
    const unsigned char *types = times + second.n_changes * 9;
    if (!read_changes(z, times, &second) ||
        !read_halves(z, types, types + second.n_types * TYPE, &second) ||
        !read_rule(z, times + used, rest - used))
        return bad(e);
    return true;
}
