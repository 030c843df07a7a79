/* store/key.c — reading and making key files. Keys are wiped on every path out. */
#include "store/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/rng.h"

struct raw {
    uint8_t bytes[KEY_BYTES + 1]; /* one more, to notice a longer file */
};

static void raw_done(struct raw *r)
{
    explicit_bzero(r, sizeof *r);
}

void key_done(struct key *k)
{
    explicit_bzero(k, sizeof *k);
}

bool key_load(const char *path, struct key *ret, struct err *e)
{
    CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_set(e, ERR_IO,
                       "cannot open the database key '%s': %s; name the right one with --key-file",
                       path, strerror(errno));
    CLEANUP(raw_done) struct raw raw = {0};
    ssize_t n = read(fd, raw.bytes, sizeof raw.bytes);
    if (n < 0)
        return err_set(e, ERR_IO, "cannot read the database key '%s': %s", path, strerror(errno));
    if (n != KEY_BYTES)
        return err_set(e, ERR_IO,
                       "'%s' is no database key: it holds %s than %d bytes; name the right one "
                       "with --key-file",
                       path, n < KEY_BYTES ? "less" : "more", KEY_BYTES);
    char hex[2 * KEY_BYTES + 1];
    memcpy(ret->literal, "x'", 2);
    memcpy(ret->literal + 2, hash_hex(raw.bytes, KEY_BYTES, hex), sizeof hex - 1);
    memcpy(ret->literal + 2 + sizeof hex - 1, "'", 2);
    explicit_bzero(hex, sizeof hex);
    return true;
}

bool key_ensure(const char *path, struct err *e)
{
    if (file_exists(path))
        return true;
    CLEANUP(raw_done) struct raw raw = {0};
    return rng_bytes(raw.bytes, KEY_BYTES, e) &&
           file_write_atomic(path, raw.bytes, KEY_BYTES, 0600, e);
}
