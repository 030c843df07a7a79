/* Packs written by hand after gitformat-pack(5), each with one lie in it: none may crash, hang or
 * be believed. A row without a lie shows that the others fail for the right reason. Real packs,
 * made by git: tests/e2e/test_git.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "plan/git_dirty.h"
#include "tempdir.h"

enum { IDX_FANOUT = 8, IDX_NAMES = IDX_FANOUT + 1024, OBJECTS = 2 };
enum { IDX_OFFSETS = IDX_NAMES + OBJECTS * 24, IDX_LARGE = IDX_OFFSETS + OBJECTS * 4 };

static const struct git_id first = {.at = {0x11, 0xaa}}, second = {.at = {0x11, 0xbb}};

struct repo {
    char *dir;
    struct buf idx, pack;
};

static int set_up(void **state)
{
    struct repo *r = NEW(struct repo);
    r->dir = tempdir_make();
    buf_init(&r->idx, 1 << 20);
    buf_init(&r->pack, 1 << 20);
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct repo *r = *state;
    tempdir_remove(r->dir);
    buf_done(&r->idx);
    buf_done(&r->pack);
    mem_free(r);
    return 0;
}

static void put32(struct buf *b, uint32_t n)
{
    const uint8_t bytes[4] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8),
                              (uint8_t)n};
    buf_add(b, bytes, sizeof bytes);
}

static void set32(struct buf *b, size_t at, uint32_t n)
{
    const uint8_t bytes[4] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8),
                              (uint8_t)n};
    memcpy(b->at + at, bytes, sizeof bytes);
}

/* Two objects, `first` and `second`, at these offsets. */
static void make_idx(struct repo *r, uint32_t first_at, uint32_t second_at)
{
    buf_clear(&r->idx);
    buf_add(&r->idx, "\377tOc\0\0\0\2", 8);
    for (int i = 0; i < 256; i++)
        put32(&r->idx, i < 0x11 ? 0 : OBJECTS);
    buf_add(&r->idx, first.at, sizeof first.at);
    buf_add(&r->idx, second.at, sizeof second.at);
    put32(&r->idx, 0); /* CRC-32s, which nobody checks */
    put32(&r->idx, 0);
    put32(&r->idx, first_at);
    put32(&r->idx, second_at);
}

static void put_zlib(struct buf *b, const char *bytes, size_t n)
{
    uint8_t out[256];
    uLongf size = sizeof out;
    assert_int_equal(compress(out, &size, (const Bytef *)bytes, (uLong)n), Z_OK);
    buf_add(b, out, size);
}

/* An entry below 16 bytes: type and size in one byte, a base for deltas. Gives where it begins. */
static uint32_t put_entry(struct repo *r, enum git_type type, const void *base, size_t n_base,
                          const char *bytes, size_t n)
{
    if (r->pack.n == 0)
        buf_add(&r->pack, "PACK\0\0\0\2\0\0\0\2", 12);
    uint32_t at = (uint32_t)r->pack.n;
    buf_putc(&r->pack, (char)((unsigned)type << 4 | n));
    buf_add(&r->pack, base, n_base);
    put_zlib(&r->pack, bytes, n);
    return at;
}

static void save(const struct repo *r, const char *name, const struct buf *b)
{
    struct err e;
    CLEANUP(freep) char *path = mem_printf("%s/objects/pack/p.%s", r->dir, name);
    tempdir_put(r->dir, "objects/pack/.keep", "");
    assert_true(file_write_atomic(path, b->at, b->n, 0644, &e));
}

static bool reads(const struct repo *r, const struct git_id *id, struct buf *ret)
{
    CLEANUP(git_objects_done) struct git_objects o = {0};
    enum git_type type;
    struct err e = {0};
    save(r, "idx", &r->idx);
    save(r, "pack", &r->pack);
    git_objects_open(r->dir, &o);
    bool ok = git_object_read(&o, id, &type, ret, &e);
    assert_true(ok || *e.msg);
    return ok;
}

static bool is_refused(const struct repo *r, const struct git_id *id)
{
    CLEANUP(buf_done) struct buf b = {0};
    return !reads(r, id, &b);
}

/* "hello\n" whole, and "hello git" as a delta of it: copy 6 from 0, insert "git". */
static const char delta[] = "\x06\x09\x90\x06\x03git";

static void make_good(struct repo *r)
{
    uint32_t a = put_entry(r, GIT_BLOB, "", 0, "hello\n", 6);
    make_idx(r, a, put_entry(r, GIT_REF_DELTA, first.at, sizeof first.at, delta, 8));
}

static void a_pack_without_a_lie(void **state)
{
    struct repo *r = *state;
    CLEANUP(buf_done) struct buf a = {0}, b = {0};
    make_good(r);
    assert_true(reads(r, &first, &a));
    assert_string_equal(a.at, "hello\n");
    assert_true(reads(r, &second, &b));
    assert_string_equal(b.at, "hello\ngit");
}

static void an_offset_of_64_bits(void **state)
{
    struct repo *r = *state;
    CLEANUP(buf_done) struct buf a = {0};
    make_good(r);
    set32(&r->idx, IDX_OFFSETS, 0x80000000);
    put32(&r->idx, 0);
    put32(&r->idx, 12);
    assert_true(reads(r, &first, &a));
    assert_string_equal(a.at, "hello\n");
    static const uint32_t rows[][2] = {
        {0, 0xffffffff}, {0x7fffffff, 0xffffffff}, {0x80000000, 12}, {0xffffffff, 0xffffffff}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        set32(&r->idx, IDX_LARGE, rows[i][0]);
        set32(&r->idx, IDX_LARGE + 4, rows[i][1]);
        assert_true(is_refused(r, &first));
    }
    set32(&r->idx, IDX_OFFSETS, 0xffffffff); /* a row of the table that is not there */
    assert_true(is_refused(r, &first));
}

static void deltas_in_a_circle(void **state)
{
    struct repo *r = *state;
    uint32_t a = put_entry(r, GIT_REF_DELTA, second.at, sizeof second.at, delta, 8);
    make_idx(r, a, put_entry(r, GIT_REF_DELTA, first.at, sizeof first.at, delta, 8));
    assert_true(is_refused(r, &first));
    assert_true(is_refused(r, &second));
}

static void a_delta_of_something_else(void **state)
{
    struct repo *r = *state;
    static const struct {
        const char *base;
        size_t n;
    } rows[] = {
        {"\x00", 1},                                 /* of itself */
        {"\x7f", 1},                                 /* from before the pack */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff", 9}, /* an offset without an end */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        buf_clear(&r->pack);
        uint32_t a = put_entry(r, GIT_OFS_DELTA, rows[i].base, rows[i].n, delta, 8);
        make_idx(r, a, a);
        assert_true(is_refused(r, &first));
    }
    const struct git_id nobody = {.at = {0x22}};
    buf_clear(&r->pack);
    uint32_t a = put_entry(r, GIT_REF_DELTA, nobody.at, sizeof nobody.at, delta, 8);
    make_idx(r, a, a);
    assert_true(is_refused(r, &first));
}

static void a_fan_out_that_lies(void **state)
{
    struct repo *r = *state;
    static const struct {
        uint32_t low, high; /* of names that begin with 0x11 */
    } rows[] = {{0, 0xffffffff}, {OBJECTS, 0}, {0xffffffff, 0xffffffff}, {0, 0}};
    make_good(r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        set32(&r->idx, IDX_FANOUT + 0x10 * 4, rows[i].low);
        set32(&r->idx, IDX_FANOUT + 0x11 * 4, rows[i].high);
        assert_true(is_refused(r, &first));
    }
}

static void cut_anywhere(void **state)
{
    struct repo *r = *state;
    make_good(r);
    size_t n_idx = r->idx.n, n_pack = r->pack.n;
    for (r->idx.n = 0; r->idx.n < n_idx; r->idx.n += 41)
        assert_true(is_refused(r, &second));
    for (r->idx.n = n_idx, r->pack.n = 0; r->pack.n < n_pack; r->pack.n++)
        assert_true(is_refused(r, &second));
    assert_false(is_refused(r, &second));
}

/* A tree whose only entry is this. */
static bool compares(struct repo *r, const char *tree, size_t n, bool *ret_dirty)
{
    CLEANUP(git_objects_done) struct git_objects o = {0};
    struct err e = {0};
    buf_clear(&r->pack);
    buf_add(&r->pack, "PACK\0\0\0\2\0\0\0\2", 12);
    buf_putc(&r->pack, (char)(0x80 | GIT_TREE << 4 | (n & 15)));
    buf_putc(&r->pack, (char)(n >> 4));
    put_zlib(&r->pack, tree, n);
    make_idx(r, 12, 12);
    save(r, "idx", &r->idx);
    save(r, "pack", &r->pack);
    git_objects_open(r->dir, &o);
    return git_is_dirty(&o, first, "", NULL, 0, ret_dirty, &e);
}
#define COMPARES(tree, ret) compares(r, tree, sizeof(tree) - 1, ret)

static void trees_that_are_none(void **state)
{
    struct repo *r = *state;
    bool is_dirty;
    assert_true(COMPARES("100644 a.txt\0aaaaaaaaaabbbbbbbbbb", &is_dirty));
    assert_false(is_dirty);
    assert_true(COMPARES("100644 a.yaml\0aaaaaaaaaabbbbbbbbbb", &is_dirty));
    assert_true(is_dirty); /* the commit has a file that is gone */
    assert_false(COMPARES("100644 a.txt\0aaaaaaaaaabbbbbbbbb", &is_dirty));
    assert_false(COMPARES("100644 a.txt", &is_dirty));
    assert_false(COMPARES("100644a.txt\0aaaaaaaaaabbbbbbbbbb", &is_dirty));
    /* a directory that holds itself */
    assert_false(COMPARES("40000 a\0\x11\xaa\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", &is_dirty));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_pack_without_a_lie),      TEST(an_offset_of_64_bits), TEST(deltas_in_a_circle),
        TEST(a_delta_of_something_else), TEST(a_fan_out_that_lies),  TEST(cut_anywhere),
        TEST(trees_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
