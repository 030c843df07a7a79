/* cli/standing.c — the line about the source in status. */
#include "cli/standing.h"

#include "base/jx.h"
#include "cli/remote.h"

bool standing_now(const struct cli *c, struct store *store, bool *ret_runs,
                  struct source_standing *ret, struct err *e)
{
    *ret = (struct source_standing){0};
    *ret_runs = remote_is_there(c);
    return !*ret_runs || source_standing(store, ret, e);
}

void standing_line(const struct cli *c, bool runs, const struct source_standing *s)
{
    char at[UTC_TEXT];
    if (runs)
        cli_out(c, "Source    %s: %s since %s%s%s\n", c->set.config, standing_names[s->standing],
                s->since ? utc_format_local(s->since, at) : "now", *s->message ? ": " : "",
                s->message);
}

json_t *standing_json(bool runs, const struct source_standing *s)
{
    json_t *o = json_object();
    jx_put(o, "daemon", json_boolean(runs));
    jx_put(o, "standing", runs ? jx_string(standing_names[s->standing]) : json_null());
    jx_put(o, "message", jx_string(s->message));
    jx_put(o, "digest", runs ? jx_string(s->digest) : json_null());
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
