/* model/names.h — the enums of names.def and their spellings.
 * `APP_SONARR`, `app_names[APP_SONARR]` is "sonarr", `APP_N` counts them. */
#ifndef SPL_MODEL_NAMES_H
#define SPL_MODEL_NAMES_H

#define V(prefix, value, text) prefix##_##value,
#define NAMES(type, prefix, values)                                                                \
    enum type { values prefix##_N };                                                               \
    extern const char *const type##_names[prefix##_N + 1];
#include "model/names.def"
#undef NAMES
#undef V

/* The index of `text` among n names, or -1. */
int name_find(const char *const names[], int n, const char *text);

#endif
