/* Any text as a pattern over any title: compiling and matching end soon and never crash. The first
 * byte says where the pattern ends and whether it is a glob. */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/re.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 4000)
        return 0;
    size_t n = MIN((size_t)(data[0] >> 1) * 8, size - 1);
    CLEANUP(freep) char *pattern = mem_zeroed(n + 1);
    CLEANUP(freep) char *title = mem_zeroed(size - n);
    memcpy(pattern, data + 1, n);
    memcpy(title, data + 1 + n, size - 1 - n);
    CLEANUP(re_freep) struct re *re = NULL;
    struct err e;
    if (data[0] & 1 ? re_glob(pattern, &re, &e) : re_new(pattern, &re, NULL, &e))
        re_match(re, title);
    return 0;
}
