/* cli/cmd_db.c — the database itself: `db check`. */
#include "base/jx.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/commands.h"

struct problems {
    VEC(char *) at;
};

static void problems_done(struct problems *p)
{
    for (size_t i = 0; i < p->at.n; i++)
        mem_free(p->at.at[i]);
    vec_done(&p->at);
}

static void take_problem(void *ctx, const char *problem)
{
    vec_push(&((struct problems *)ctx)->at, mem_strdup(problem));
}

static int report(const struct cli *c, const struct problems *p)
{
    if (cli_is_json(c)) {
        json_t *o = cli_object(), *list = json_array();
        jx_put(o, "ok", json_boolean(p->at.n == 0));
        for (size_t i = 0; i < p->at.n; i++)
            jx_push(list, jx_string(p->at.at[i]));
        jx_put(o, "problems", list);
        cli_out_json(c, o);
    } else {
        for (size_t i = 0; i < p->at.n; i++)
            cli_out(c, "%s\n", p->at.at[i]);
        if (p->at.n == 0)
            cli_out(c, "The database in '%s' is sound.\n", c->set.state);
    }
    return p->at.n == 0 ? CLI_OK : CLI_FAILED;
}

static int run(struct cli *c)
{
    if (!str_eq(c->args[0], "check"))
        return cli_failf(c, ERR_USAGE, "'db %.40s'? splintarr db check", c->args[0]);
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(problems_done) struct problems problems = {0};
    enum store_found found;
    struct err e;
    size_t n;
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (found == STORE_ABSENT)
        return cli_no_state(c);
    if (!store_check(store, take_problem, &problems, &n, &e))
        return cli_fail(c, &e);
    return report(c, &problems);
}

const struct command cmd_db = {
    .name = "db",
    .usage = "db check",
    .doc = "is the database whole? pages, HMACs, keys, schema",
    .formats = "json",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
