/* cli/cmd_retry.c — let an item or a season be searched again without waiting for its cooldown or
 * loop guard. */
#include "base/jx.h"
#include "cli/commands.h"
#include "cli/remote.h"
#include "cli/view.h"
#include "engine/season_at.h"

/* NULL: neither an item nor a season. */
static json_t *request_of(const char *address)
{
    enum item_kind kind;
    char instance[ITEM_ADDRESS];
    int64_t id;
    bool is_season = is_season_address(address);
    if (!is_season && !view_item_address(address, &kind, instance, sizeof instance, &id))
        return NULL;
    json_t *request = json_object();
    if (is_season) {
        jx_put(request, "season", jx_string(address));
        return request;
    }
    jx_put(request, "instance", jx_string(instance));
    jx_put(request, "kind", json_integer(kind));
    jx_put(request, "id", json_integer(id));
    return request;
}

static int run(struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    json_t *request = request_of(c->args[0]);
    if (!request)
        return cli_failf(c, ERR_USAGE,
                         "'%s' is no item: episode/INSTANCE/ID or movie/INSTANCE/ID, as run and "
                         "why print them, or season/INSTANCE/SERIES/NUMBER",
                         c->args[0]);
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
    .usage = "retry ITEM | SEASON",
    .doc = "let an item or a season be searched again without waiting",
    .help =
        "Ends the cooldown of an episode or movie, and the loop guard that holds what was\n"
        "grabbed three times in a week without import. It is searched when its turn comes;\n"
        "caps, windows and every other gate hold. The audit log keeps who asked.\n"
        "\n"
        "Of a season, season/INSTANCE/SERIES/NUMBER such as season/sonarr-main/12/2, it ends\n"
        "the same for the search of it as a whole, and the loop guard of each of its episodes:\n"
        "one that is held keeps the season from being searched.",
    .examples = "  splintarr retry episode/sonarr-main/4711\n"
                "  splintarr retry season/sonarr-main/12/2",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
