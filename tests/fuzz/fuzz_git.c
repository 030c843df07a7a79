/* fuzz_git.c — a delta of a packed object: whatever its bytes say, nothing beyond its base is read
 * and nothing beyond the maximum is made. The first byte is the length of the base. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "plan/git_objects.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(buf_done) struct buf base, delta, result = {0};
    struct err e;
    buf_init(&base, 256);
    buf_init(&delta, 1 << 20);
    size_t n = size ? MIN((size_t)data[0], size - 1) : 0;
    if (size) {
        buf_add(&base, data + 1, n);
        buf_add(&delta, data + 1 + n, size - 1 - n);
    }
    if (git_delta_apply(&base, &delta, &result, &e) && result.n > GIT_OBJECT_MAX)
        abort();
    return 0;
}
