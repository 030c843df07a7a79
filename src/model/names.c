/* model/names.c — the spellings of names.def. */
#include "model/names.h"

#include "base/str.h"

#define V(prefix, value, text) [prefix##_##value] = text,
#define NAMES(type, prefix, values) const char *const type##_names[prefix##_N + 1] = {values};
#include "model/names.def"
#undef NAMES
#undef V

int name_find(const char *const names[], int n, const char *text)
{
    for (int i = 0; i < n; i++)
        if (str_eq(names[i], text))
            return i;
    return -1;
}
