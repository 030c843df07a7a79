/* cli/checkup.h — the checks of `doctor`: each looks at one thing of the environment and says how
 * it is and what mends it. Changes nothing. */
#ifndef SPL_CLI_CHECKUP_H
#define SPL_CLI_CHECKUP_H

#include "cli/cli.h"

enum checkup_status { CHECK_OK, CHECK_WARN, CHECK_FAIL };

struct checkup {
    enum checkup_status status;
    char message[400];
    char remedy[300]; /* "" when there is nothing to do */
};

struct check {
    const char *name;
    void (*look)(const struct cli *c, struct checkup *ret);
};
/* Ended by a row without a name. */
extern const struct check file_checks[];    /* checkup_files.c: tree, state, key, database */
extern const struct check machine_checks[]; /* checkup_machine.c: kernel, clock, certificates */

/* For the checks: the sentence, and with a remedy. Without an error it is CHECK_OK. */
void checkup_ok(struct checkup *x, const char *fmt, ...) PRINTF(2, 3);
void checkup_say(struct checkup *x, enum checkup_status status, const char *remedy, const char *fmt,
                 ...) PRINTF(4, 5);

/* A file system where inotify and locks cannot be trusted: "NFS"; NULL for others. */
const char *checkup_network_fs(const char *path);

#endif
