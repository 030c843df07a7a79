/* scenario/scenarios.c — plays the scenario files given, each in milliseconds; says which failed
 * and where. */
#include <stdio.h>
#include <stdlib.h>

#include "scenario/script.h"

static bool play_file(const char *path, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(script_done) struct script script = {0};
    enum { SEED = 1 };
    return script_read(path, arena, &script, e) && script_play(&script, SEED, e);
}

int main(int argc, char **argv)
{
    int failed = 0;
    setenv("SPLINTARR_SCENARIO_KEY", SIM_KEY, 1);
    setenv("SPLINTARR_SCENARIO_WRONG_KEY", "00000000000000000000000000000000", 1);
    for (int i = 1; i < argc; i++) {
        struct err e = {0};
        if (play_file(argv[i], &e))
            continue;
        printf("FAILED %s\n", e.msg);
        failed++;
    }
    const char *results = getenv("SPL_RESULTS");
    FILE *f = results ? fopen(results, "a") : NULL;
    if (f) {
        fprintf(f, "%d %d 0\n", argc - 1 - failed, failed);
        fclose(f);
    }
    printf("scenario: %d passed, %d failed\n", argc - 1 - failed, failed);
    return failed > 0 || argc == 1;
}
