/* fuzz_git_pack.c — an index and its pack from foreign bytes, asked for the first object the index
 * names, and its directories walked. Two bytes say how long the index is. */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plan/git_dirty.h"
#include "tempdir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NAMES = 8 + 1024 };

static void save(const char *dir, const char *name, const uint8_t *bytes, size_t n)
{
    CLEANUP(freep) char *path = mem_printf("%s/objects/pack/%s", dir, name);
    CLEANUP(closep) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
        abort();
}

static void forget(void);

/* One for all runs: making it costs more than a run. */
static char *shared_dir(void)
{
    static char *dir;
    if (!dir) {
        dir = tempdir_make();
        tempdir_put(dir, "objects/pack/.keep", "");
        atexit(forget);
    }
    return dir;
}

static void forget(void)
{
    tempdir_remove(shared_dir());
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const char *dir = shared_dir();
    size_t n_idx = MIN((size_t)data[0] << 8 | data[1], size - 2);
    const uint8_t *idx = data + 2;
    save(dir, "p.idx", idx, n_idx);
    save(dir, "p.pack", idx + n_idx, size - 2 - n_idx);
    CLEANUP(git_objects_done) struct git_objects o = {0};
    CLEANUP(buf_done) struct buf content = {0};
    struct git_id id = {0};
    enum git_type type = GIT_BLOB;
    struct err e;
    bool is_dirty;
    if (n_idx >= NAMES + sizeof id.at)
        memcpy(id.at, idx + NAMES, sizeof id.at);
    git_objects_open(dir, &o);
    if (git_object_read(&o, &id, &type, &content, &e) && content.n > GIT_OBJECT_MAX)
        abort();
    if (git_is_dirty(&o, id, "", NULL, 0, &is_dirty, &e) && type != GIT_TREE)
        abort();
    return 0;
}
