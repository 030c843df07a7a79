/* cli/standing.c — the line about the source in status. */
#include "cli/standing.h"

#include "base/jx.h"
#include "base/mem.h"
#include "cli/remote.h"

/* The tree of the daemon, which need not be that of who asks; NULL: none answers. */
static char *root_of_daemon(const struct cli *c)
{
    CLEANUP(remote_closep) struct remote *daemon = NULL;
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    struct err ignored;
    int exit;
    bool ok = remote_open(c, &daemon, &ignored) && daemon &&
              remote_ask(daemon, "status", json_object(), NULL, NULL, &reply, &exit, &ignored);
    const char *root = ok ? jx_str(reply, "root") : NULL;
    return root ? mem_strdup(root) : NULL;
}

bool standing_now(const struct cli *c, struct store *store, char **ret_root,
                  struct source_standing *ret, struct err *e)
{
    *ret = (struct source_standing){0};
    *ret_root = root_of_daemon(c);
    return !*ret_root || source_standing(store, ret, e);
}

void standing_line(const struct cli *c, const char *root, const struct source_standing *s)
{
    char at[UTC_TEXT];
    if (root)
        cli_out(c, "Source    %s: %s since %s%s%s\n", root, standing_names[s->standing],
                s->since ? utc_format_local(s->since, at) : "now", *s->message ? ": " : "",
                s->message);
    else
        cli_out(c, "Daemon    none: nothing runs by itself (splintarr daemon)\n");
}

json_t *standing_json(const char *root, const struct source_standing *s)
{
    json_t *o = json_object();
    jx_put(o, "daemon", json_boolean(root));
    jx_put(o, "root", jx_string(root));
    jx_put(o, "standing", root ? jx_string(standing_names[s->standing]) : json_null());
    jx_put(o, "message", jx_string(s->message));
    jx_put(o, "digest", root ? jx_string(s->digest) : json_null());
    jx_put(o, "since", jx_time(s->since));
    return o;
}

bool standing_needs_human(const struct source_standing *s)
{
    switch (s->standing) {
    case STANDING_Pending:
    case STANDING_Rejected:
    case STANDING_Held:
    case STANDING_SourceMissing:
    case STANDING_SourceBusy:
    case STANDING_Failed: return true;
    case STANDING_Starting:
    case STANDING_Synced:
    case STANDING_Pinned:
    case STANDING_N: break;
    }
    return false;
}
