/* cli/cmd_refresh.c — read libraries now, whatever their age; or only ask servers how they are. */
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

static int ask(struct cli *c, bool is_probe)
{
    VEC(const char *) names = {0};
    for (int i = 0; i < c->n_args; i++)
        vec_push(&names, name_of(c->args[i]));
    const struct strlist list = {names.at, names.n};
    int status = run_now(c, &(struct run_request){.refresh = &list, .is_probe = is_probe});
    vec_done(&names);
    return status;
}

static int refresh(struct cli *c)
{
    return ask(c, false);
}

static int probe(struct cli *c)
{
    return ask(c, true);
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
    .examples = "  splintarr refresh sonarr-main",
    .formats = "json",
    .max_args = -1,
    .run = refresh,
};

const struct command cmd_probe = {
    .name = "probe",
    .usage = "probe [INSTANCE…]",
    .doc = "ask instances how they are, now",
    .help =
        "One line for each: whether it answers as the declared application, in how long, and "
        "whether its\n"
        "indexers do. Without names: every instance that is not suspended. Exit 4: one does not "
        "answer\n"
        "as it should. -o json prints one event a line.",
    .examples = "  splintarr probe\n"
                "  splintarr probe sonarr-main",
    .formats = "json",
    .max_args = -1,
    .run = probe,
};
