/* cli/cmd_refresh.c — read libraries now, whatever their age. */
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/commands.h"
#include "cli/running.h"

/* NAME, or the address instance/NAME. */
static const char *name_of(const char *arg)
{
    static const char kind[] = "instance/";
    return str_starts(arg, kind) ? arg + sizeof kind - 1 : arg;
}

static int run(struct cli *c)
{
    VEC(const char *) names = {0};
    for (int i = 0; i < c->n_args; i++)
        vec_push(&names, name_of(c->args[i]));
    const struct strlist list = {names.at, names.n};
    int status = run_now(c, &(struct run_request){.refresh = &list});
    vec_done(&names);
    return status;
}

const struct command cmd_refresh = {
    .name = "refresh",
    .usage = "refresh [INSTANCE…]",
    .doc = "read the libraries of instances now, whatever their age",
    .help = "Without names: of every instance that is not suspended. Reads what is new or changed "
            "and some of\n"
            "what looks unchanged, as every sync does; searches nothing. Exit 4: a library could "
            "not be read.\n"
            "-o json prints one event a line.",
    .formats = "json",
    .max_args = -1,
    .run = run,
};
