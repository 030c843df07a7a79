/* base/fault.c — counting fault points and dying at the chosen one. */
#include "base/fault.h"

#ifdef SPL_FAULTS
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long n_passed; /* test builds only */
static void (*caught)(const char *name);

void fault_catch(void (*hook)(const char *name))
{
    caught = hook;
}

static int (*failing)(const char *what);

void fault_fail(int (*hook)(const char *what))
{
    failing = hook;
}

int fault_fails(const char *what)
{
    return failing ? failing(what) : 0;
}

static void write_count(void)
{
    const char *path = getenv("SPLINTARR_FAULT_COUNT");
    FILE *f = path ? fopen(path, "we") : NULL;
    if (!f)
        return;
    fprintf(f, "%ld\n", n_passed);
    fclose(f);
}

void fault_point(const char *name)
{
    if (caught) {
        caught(name);
        return;
    }
    if (n_passed == 0)
        atexit(write_count);
    const char *kill_at = getenv("SPLINTARR_FAULT_KILL");
    if (++n_passed != (kill_at ? strtol(kill_at, NULL, 10) : -1))
        return;
    dprintf(STDERR_FILENO, "fault: died at point %ld, %s\n", n_passed, name);
    _exit(FAULT_EXIT);
}
#endif
