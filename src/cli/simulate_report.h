/* cli/simulate_report.h — what `simulate` was asked for, and what it prints of what came of it. */
#ifndef SPL_CLI_SIMULATE_REPORT_H
#define SPL_CLI_SIMULATE_REPORT_H

#include "cli/cli.h"
#include "engine/simulate.h"

struct wish {
    int64_t days, seed;
    bool finds;
    const char *snapshot; /* NULL: the state's own library */
};

/* As text, or with -o json as an object. */
void simulate_report(const struct cli *c, const struct wish *w, const struct simulated *s);

#endif
