/* cli/origin.c — one commit, in words and in JSON. */
#include "cli/origin.h"

#include "base/jx.h"

enum { COMMIT_SHOWN = 7 };

static json_t *text_or_null(const char *s)
{
    return *s ? jx_string(s) : json_null();
}

json_t *origin_json(const struct revision *r)
{
    if (!*r->commit)
        return json_null();
    json_t *o = json_object();
    jx_put(o, "commit", jx_string(r->commit));
    jx_put(o, "branch", text_or_null(r->branch));
    jx_put(o, "claimed_author", text_or_null(r->author));
    jx_put(o, "subject", text_or_null(r->subject));
    jx_put(o, "dirty", json_boolean(r->is_dirty));
    return o;
}

void origin_line(const struct cli *c, const char *label, const struct revision *r)
{
    if (!*r->commit)
        return;
    cli_out(c, "%s%.*s%s", label, COMMIT_SHOWN, r->commit, r->is_dirty ? "+" : "");
    if (*r->branch)
        cli_out(c, " %s", r->branch);
    if (*r->subject)
        cli_out(c, "  \"%s\"", r->subject);
    if (*r->author)
        cli_out(c, "  %s", r->author);
    cli_out(c, "\n");
}
