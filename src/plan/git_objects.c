/* plan/git_objects.c — finding and inflating objects. Reads with pread, never maps: files that are
 * cut short under us are an error, not a signal. */
#include "plan/git_objects.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/str.h"

enum {
    PACKS_MAX = 200, /* two descriptors each; git gathers them from 50 on */
    DEPTH_MAX = 128, /* git's own packs go to 50 */
    CHUNK = 16384,
    IDX_HEADER = 8,
    FANOUT = 256 * 4,
};

static bool damaged(const char *what, struct err *e)
{
    return err_set(e, ERR_IO, "%s is damaged", what);
}

bool git_id_parse(const char *hex, struct git_id *ret)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < 2 * sizeof ret->at; i++) {
        const char *digit = hex[i] ? strchr(digits, hex[i]) : NULL;
        if (!digit)
            return false;
        uint8_t value = (uint8_t)(digit - digits);
        ret->at[i / 2] = (uint8_t)(i % 2 ? ret->at[i / 2] | value : value << 4);
    }
    return true;
}

bool git_id_eq(const struct git_id *a, const struct git_id *b)
{
    return memcmp(a->at, b->at, sizeof a->at) == 0;
}

/* ---- packs ---- */

/* Opening a FIFO must not hang; reading one at an offset fails by itself. */
static int open_plainly(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

static bool read_at(int fd, uint64_t at, void *ret, size_t n)
{
    return pread(fd, ret, n, (off_t)at) == (ssize_t)n;
}

static uint32_t be32(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool read_be32(int fd, uint64_t at, uint32_t *ret)
{
    uint8_t b[4];
    if (!read_at(fd, at, b, sizeof b))
        return false;
    *ret = be32(b);
    return true;
}

static bool pack_open(const char *dir, const char *name, struct git_pack *ret)
{
    static const uint8_t magic[IDX_HEADER] = {0xff, 't', 'O', 'c', 0, 0, 0, 2};
    uint8_t header[IDX_HEADER];
    CLEANUP(freep) char *idx = mem_printf("%s/pack/%s", dir, name);
    CLEANUP(freep) char *pack = mem_printf("%.*s.pack", (int)(strlen(idx) - 4), idx);
    CLEANUP(closep) int idx_fd = open_plainly(idx);
    CLEANUP(closep) int pack_fd = open_plainly(pack);
    if (idx_fd < 0 || pack_fd < 0 || !read_at(idx_fd, 0, header, sizeof header) ||
        memcmp(header, magic, sizeof magic) != 0 ||
        !read_be32(idx_fd, IDX_HEADER + FANOUT - 4, &ret->n_objects))
        return false;
    ret->idx = idx_fd;
    ret->pack = pack_fd;
    idx_fd = pack_fd = -1;
    return true;
}

static void closedirp(DIR **d)
{
    if (*d)
        closedir(*d);
}

void git_objects_open(const char *common, struct git_objects *ret)
{
    *ret = (struct git_objects){.dir = mem_printf("%s/objects", common)};
    CLEANUP(freep) char *path = mem_printf("%s/pack", ret->dir);
    CLEANUP(closedirp) DIR *d = opendir(path);
    const struct dirent *entry;
    while (d && (entry = readdir(d)) && ret->packs.n < PACKS_MAX) {
        struct git_pack p = {.idx = -1, .pack = -1};
        if (str_ends(entry->d_name, ".idx") && pack_open(ret->dir, entry->d_name, &p))
            vec_push(&ret->packs, p);
    }
}

void git_objects_done(struct git_objects *o)
{
    for (size_t i = 0; i < o->packs.n; i++) {
        closep(&o->packs.at[i].idx);
        closep(&o->packs.at[i].pack);
    }
    vec_done(&o->packs);
    mem_free(o->dir);
    *o = (struct git_objects){0};
}

/* Where the n-th object of the index begins in its pack. */
static bool offset_of(const struct git_pack *p, uint64_t n, uint64_t *ret)
{
    uint64_t total = p->n_objects, names = IDX_HEADER + FANOUT;
    uint64_t offsets = names + total * (SHA1_BYTES + 4), large = offsets + total * 4;
    uint32_t offset, high, low;
    if (!read_be32(p->idx, offsets + n * 4, &offset))
        return false;
    *ret = offset;
    if (!(offset & 0x80000000u))
        return true;
    uint64_t at = large + (uint64_t)(offset & 0x7fffffffu) * 8;
    if (!read_be32(p->idx, at, &high) || !read_be32(p->idx, at + 4, &low))
        return false;
    *ret = (uint64_t)high << 32 | low;
    return true;
}

/* Binary search among the names that begin with the same byte. */
static bool find_in_pack(const struct git_pack *p, const struct git_id *id, uint64_t *ret_offset)
{
    uint32_t low = 0, high;
    uint8_t first = id->at[0];
    if ((first > 0 && !read_be32(p->idx, IDX_HEADER + (uint64_t)(first - 1) * 4, &low)) ||
        !read_be32(p->idx, IDX_HEADER + (uint64_t)first * 4, &high) || high > p->n_objects)
        return false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint8_t name[SHA1_BYTES];
        if (!read_at(p->idx, IDX_HEADER + FANOUT + (uint64_t)middle * SHA1_BYTES, name,
                     sizeof name))
            return false;
        int order = memcmp(id->at, name, sizeof name);
        if (order == 0)
            return offset_of(p, middle, ret_offset);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* ---- inflating ---- */

static void inflate_donep(z_stream *z)
{
    inflateEnd(z);
}

/* Everything that is compressed from `at` on; at most `max` bytes. */
static bool inflate_at(int fd, uint64_t at, size_t max, struct buf *ret, struct err *e)
{
    CLEANUP(inflate_donep) z_stream z = {0};
    uint8_t in[CHUNK], out[CHUNK];
    int rc = inflateInit(&z);
    buf_init(ret, max);
    while (rc == Z_OK && !ret->is_cut) {
        if (z.avail_in == 0) {
            ssize_t n = pread(fd, in, sizeof in, (off_t)at);
            if (n <= 0)
                break;
            at += (uint64_t)n;
            z.next_in = in;
            z.avail_in = (uInt)n;
        }
        z.next_out = out;
        z.avail_out = sizeof out;
        rc = inflate(&z, Z_NO_FLUSH);
        buf_add(ret, out, sizeof out - z.avail_out);
    }
    if (rc == Z_STREAM_END && !ret->is_cut)
        return true;
    buf_done(ret);
    return damaged("a git object", e);
}

/* ---- one object in a pack ---- */

struct entry {
    enum git_type type;
    uint64_t data; /* where its compressed bytes begin */
    uint64_t base; /* of an OFS_DELTA */
    struct git_id base_id;
};

/* "Offset encoding": seven bits a byte, most significant first, each continuation adds one. */
static bool read_base_offset(const uint8_t *b, size_t n, size_t *at, uint64_t *ret)
{
    uint64_t offset = 0;
    for (int i = 0; i < 9 && *at < n; i++) {
        uint8_t byte = b[(*at)++];
        offset = (i ? offset + 1 : 0) << 7 | (byte & 127);
        if (!(byte & 128)) {
            *ret = offset;
            return true;
        }
    }
    return false;
}

static bool read_entry(const struct git_pack *p, uint64_t at, struct entry *ret, struct err *e)
{
    uint8_t b[64] = {0};
    ssize_t got = pread(p->pack, b, sizeof b, (off_t)at);
    size_t n = got > 0 ? (size_t)got : 0, i = 0;
    uint64_t back;
    while (i < n && b[i] & 128) /* the size is checked by inflating */
        i++;
    i++;
    *ret = (struct entry){.type = (enum git_type)(b[0] >> 4 & 7)};
    if (i >= n)
        return damaged("a git pack", e);
    if (ret->type == GIT_OFS_DELTA) {
        if (!read_base_offset(b, n, &i, &back) || back == 0 || back > at)
            return damaged("a git pack", e);
        ret->base = at - back;
    } else if (ret->type == GIT_REF_DELTA) {
        if (n - i < SHA1_BYTES)
            return damaged("a git pack", e);
        memcpy(ret->base_id.at, b + i, SHA1_BYTES);
        i += SHA1_BYTES;
    }
    ret->data = at + i;
    return true;
}

static bool next_base(const struct git_pack *p, const struct entry *x, uint64_t *at, struct err *e)
{
    *at = x->base;
    return x->type == GIT_OFS_DELTA || find_in_pack(p, &x->base_id, at) ||
           damaged("a git pack (a delta without its base)", e);
}

static bool is_delta(enum git_type type)
{
    return type == GIT_OFS_DELTA || type == GIT_REF_DELTA;
}

static bool apply_deltas(const struct git_pack *p, const uint64_t *at, size_t n, struct buf *ret,
                         struct err *e)
{
    while (n-- > 0) {
        CLEANUP(buf_done) struct buf delta = {0}, base = *ret;
        *ret = (struct buf){0};
        if (!inflate_at(p->pack, at[n], GIT_OBJECT_MAX, &delta, e) ||
            !git_delta_apply(&base, &delta, ret, e))
            return false;
    }
    return true;
}

/* Down the chain to the whole object at its end, then up again. */
static bool read_packed(const struct git_pack *p, uint64_t at, enum git_type *ret_type,
                        struct buf *ret, struct err *e)
{
    uint64_t deltas[DEPTH_MAX];
    size_t n = 0;
    struct entry x;
    if (!read_entry(p, at, &x, e))
        return false;
    while (is_delta(x.type)) {
        if (n == DEPTH_MAX)
            return damaged("a git pack (deltas without an end)", e);
        deltas[n++] = x.data;
        if (!next_base(p, &x, &at, e) || !read_entry(p, at, &x, e))
            return false;
    }
    *ret_type = x.type;
    return inflate_at(p->pack, x.data, GIT_OBJECT_MAX, ret, e) &&
           apply_deltas(p, deltas, n, ret, e);
}

/* ---- loose objects ---- */

static int open_loose(const struct git_objects *o, const struct git_id *id)
{
    char hex[SHA1_HEX];
    hash_hex(id->at, sizeof id->at, hex);
    CLEANUP(freep) char *path = mem_printf("%s/%.2s/%s", o->dir, hex, hex + 2);
    return open_plainly(path);
}

/* "commit 231\0…" */
static bool split_header(struct buf *b, enum git_type *ret_type, struct err *e)
{
    static const char *const names[] = {
        [GIT_COMMIT] = "commit ", [GIT_TREE] = "tree ", [GIT_BLOB] = "blob ", [GIT_TAG] = "tag "};
    const char *end = memchr(b->at, '\0', MIN(b->n, (size_t)64));
    for (size_t i = GIT_COMMIT; i < COUNT(names); i++) {
        if (!end || !str_starts(b->at, names[i]))
            continue;
        size_t header = (size_t)(end - b->at) + 1;
        *ret_type = (enum git_type)i;
        memmove(b->at, b->at + header, b->n - header + 1); /* with the NUL behind it */
        b->n -= header;
        return true;
    }
    return damaged("a git object", e);
}

static bool read_loose(int fd, enum git_type *ret_type, struct buf *ret, struct err *e)
{
    if (!inflate_at(fd, 0, GIT_OBJECT_MAX, ret, e))
        return false;
    if (split_header(ret, ret_type, e))
        return true;
    buf_done(ret);
    return false;
}

bool git_object_read(const struct git_objects *o, const struct git_id *id, enum git_type *ret_type,
                     struct buf *ret, struct err *e)
{
    CLEANUP(closep) int loose = open_loose(o, id);
    uint64_t offset;
    char hex[SHA1_HEX];
    if (loose >= 0)
        return read_loose(loose, ret_type, ret, e);
    for (size_t i = 0; i < o->packs.n; i++)
        if (find_in_pack(&o->packs.at[i], id, &offset))
            return read_packed(&o->packs.at[i], offset, ret_type, ret, e);
    return err_set(e, ERR_IO, "git object %s is not here (a shallow or borrowed repository?)",
                   hash_hex(id->at, sizeof id->at, hex));
}
