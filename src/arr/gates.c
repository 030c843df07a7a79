/* arr/gates.c — the table of gates.def against a version. */
#include "arr/gates.h"

#include <stdio.h>
#include <stdlib.h>

enum { PARTS = 4 };
enum { PART_MAX = 1000000 };

struct gate {
    size_t offset; /* of its bool in struct arr_status */
    int since[APP_N][PARTS];
};

#define VERSION(...)                                                                               \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

#define LEAST(sonarr, radarr)
#define NEWEST(sonarr, radarr)
#define GATE(name, sonarr, radarr)                                                                 \
    {offsetof(struct arr_status, name), {[APP_SONARR] = sonarr, [APP_RADARR] = radarr}},
static const struct gate gates[] = {
#include "arr/gates.def"
};
#undef LEAST
#undef NEWEST
#undef GATE

#define LEAST(sonarr, radarr)                                                                      \
    {                                                                                              \
        [APP_SONARR] = sonarr, [APP_RADARR] = radarr                                               \
    }
#define NEWEST(sonarr, radarr)
#define GATE(name, sonarr, radarr)
static const int least[APP_N][PARTS] =
#include "arr/gates.def"
    ;
#undef LEAST
#undef NEWEST

#define LEAST(sonarr, radarr)
#define NEWEST(sonarr, radarr)                                                                     \
    {                                                                                              \
        [APP_SONARR] = (sonarr), [APP_RADARR] = (radarr)                                           \
    }
static const int newest[APP_N] =
#include "arr/gates.def"
    ;

static void read_parts(const char *text, int parts[static PARTS])
{
    for (int i = 0; i < PARTS; i++) {
        char *end;
        long n = strtol(text, &end, 10);
        parts[i] = n < 0 || n > PART_MAX ? 0 : (int)n;
        text = *end == '.' ? end + 1 : "";
    }
}

static bool is_since(const int have[static PARTS], const int need[static PARTS])
{
    for (int i = 0; i < PARTS; i++)
        if (have[i] != need[i])
            return have[i] > need[i];
    return true;
}

const char *gates_too_old(const struct arr_status *s, enum app app, char ret[static 32])
{
    if (is_since(s->version_parts, least[app]))
        return NULL;
    snprintf(ret, 32, "%d.%d.%d", least[app][0], least[app][1], least[app][2]);
    return ret;
}

int gates_newest(const struct arr_status *s, enum app app)
{
    return s->version_parts[0] > newest[app] ? newest[app] : 0;
}

void gates_set(struct arr_status *s, enum app app)
{
    read_parts(s->version, s->version_parts);
    for (size_t i = 0; i < COUNT(gates); i++)
        *(bool *)((char *)s + gates[i].offset) = is_since(s->version_parts, gates[i].since[app]);
}
