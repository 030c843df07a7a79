/* cli/cmd_retry.c — let an item be searched again without waiting for its cooldown or loop guard.
 */
#include "base/jx.h"
#include "cli/commands.h"
#include "cli/remote.h"
#include "cli/view.h"

static int run(struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    enum item_kind kind;
    char instance[ITEM_ADDRESS];
    int64_t id;
    if (!view_item_address(c->args[0], &kind, instance, sizeof instance, &id))
        return cli_failf(
            c, ERR_USAGE,
            "'%s' is no item: episode/INSTANCE/ID or movie/INSTANCE/ID, as run and why "
            "print them",
            c->args[0]);
    json_t *request = json_object();
    jx_put(request, "instance", jx_string(instance));
    jx_put(request, "kind", json_integer(kind));
    jx_put(request, "id", json_integer(id));
    int status = cli_perform(c, "retry", request, &reply);
    if (status == CLI_OK)
        cli_out(c,
                "%s: neither cooldown nor loop guard hold it any more; other gates do (splintarr "
                "why %s).\n",
                jx_str(reply, "title"), c->args[0]);
    return status;
}

const struct command cmd_retry = {
    .name = "retry",
    .usage = "retry ITEM",
    .doc = "let an item be searched again without waiting",
    .help = "Ends the cooldown of an episode or movie, and the loop guard that holds what was\n"
            "grabbed three times in a week without import. It is searched when its turn comes;\n"
            "caps, windows and every other gate hold. The audit log keeps who asked.",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
