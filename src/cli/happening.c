/* cli/happening.c — what the engine tells, in words or as one line of JSON each. */
#include "cli/happening.h"

#include "base/jx.h"
#include "base/str.h"
#include "store/pauses.h"

static void print_start(const struct cli *c, const json_t *f)
{
    int64_t selected = jx_int(f, "selected", 0);
    if (selected) /* else its summary, which comes at once, says why */
        cli_out(c, "%s  %s: searching %lld\n", jx_str(f, "instance"), jx_str(f, "queue"),
                (long long)selected);
}

static const char *queries(int64_t n)
{
    return n == 1 ? "indexer query" : "indexer queries";
}

/* Its cost where it is out of the ordinary. */
static void print_selected(const struct cli *c, const json_t *f)
{
    int64_t cost = jx_int(f, "cost", 1);
    cli_out(c, "%s  %3lld. %s  (%s)", jx_str(f, "instance"), (long long)jx_int(f, "rank", 0),
            jx_str(f, "title"), jx_str(f, "item"));
    if (cost != 1)
        cli_out(c, "  %lld %s", (long long)cost, queries(cost));
    cli_out(c, "\n");
}

/* For who sits and waits: that of a season may take an hour. */
static void print_searching(const struct cli *c, const json_t *f)
{
    if (c->may_ask)
        cli_note(c, "%s: searching %lld of %lld, %s", jx_str(f, "instance"),
                 (long long)jx_int(f, "index", 0), (long long)jx_int(f, "total", 0),
                 jx_str(f, "title"));
}

static void print_searched(const struct cli *c, const json_t *f)
{
    const char *message = jx_str(f, "message");
    cli_out(c, "%s  ", jx_str(f, "instance"));
    if (json_object_get(f, "total"))
        cli_out(c, "%lld/%lld  ", (long long)jx_int(f, "index", 0),
                (long long)jx_int(f, "total", 0));
    else
        cli_out(c, "from before  ");
    cli_out(c, "%-11s  %s%s%s\n", jx_str(f, "outcome"), jx_str(f, "title"), message ? ": " : "",
            message ? message : "");
}

void happening_reasons(const struct cli *c, const json_t *reasons)
{
    const char *reason;
    json_t *n;
    bool is_first = true;
    json_object_foreach((json_t *)(uintptr_t)reasons, reason, n)
    {
        cli_out(c, "%s%lld %s", is_first ? "; not searched: " : ", ",
                (long long)json_integer_value(n), reason);
        is_first = false;
    }
}

/* A dry run has the cost of what it would search. */
static void print_counts(const struct cli *c, const json_t *f)
{
    int64_t cost = jx_int(f, "cost", -1);
    cli_out(c, "%s  %s: %lld considered, ", jx_str(f, "instance"), jx_str(f, "queue"),
            (long long)jx_int(f, "considered", 0));
    if (cost < 0)
        cli_out(c, "%lld searched, %lld grabbed", (long long)jx_int(f, "searched", 0),
                (long long)jx_int(f, "grabbed", 0));
    else if (cost == 0)
        cli_out(c, "nothing to search");
    else
        cli_out(c, "%lld to search, for %lld %s", (long long)jx_int(f, "selected", 0),
                (long long)cost, queries(cost));
}

static void print_completed(const struct cli *c, const json_t *f)
{
    print_counts(c, f);
    const char *gate = jx_str(f, "gate");
    if (!gate || jx_int(f, "considered", 0)) /* else the gate is the only reason */
        happening_reasons(c, json_object_get(f, "reasons"));
    utc_t until = jx_utc(f, "until");
    char at[UTC_TEXT];
    if (gate)
        cli_out(c, "; stopped by %s%s%s", gate, until ? " until " : "",
                until ? utc_format_local(until, at) : "");
    cli_out(c, "\n");
}

static void print_failed(const struct cli *c, const json_t *f)
{
    char at[UTC_TEXT];
    utc_t until = jx_utc(f, "until");
    cli_out(c, "%s  %s: failed: %s%s%s\n", jx_str(f, "instance"), jx_str(f, "queue"),
            jx_str(f, "error"), until ? "; not before " : "",
            until ? utc_format_local(until, at) : "");
}

/* ---- later news of a grab ---- */

static void print_news(const struct cli *c, const json_t *f, const char *word)
{
    const char *message = jx_str(f, "message");
    cli_out(c, "%s  %s: %s%s%s\n", jx_str(f, "instance"), word, jx_str(f, "title"),
            message ? ": " : "", message ? message : "");
}

static void print_imported(const struct cli *c, const json_t *f)
{
    print_news(c, f, "imported");
}

static void print_not_imported(const struct cli *c, const json_t *f)
{
    print_news(c, f, "not imported");
}

static void print_deleted(const struct cli *c, const json_t *f)
{
    print_news(c, f, "imported, deleted again");
}

static void print_held(const struct cli *c, const json_t *f)
{
    char at[UTC_TEXT];
    cli_out(c, "%s  held until %s: %s: grabbed %lld times without import (splintarr retry %s)\n",
            jx_str(f, "instance"), utc_format_local(jx_utc(f, "until"), at), jx_str(f, "title"),
            (long long)jx_int(f, "grabs", 0), jx_str(f, "item"));
}

/* What health holds said so itself. */
static void print_paused(const struct cli *c, const json_t *f)
{
    if (str_eq(jx_str(f, "by"), PAUSED_BY_FAILURES))
        cli_out(c, "%s  %s: paused: %s (splintarr resume queue/%s@%s)\n", jx_str(f, "instance"),
                jx_str(f, "queue"), jx_str(f, "reason"), jx_str(f, "queue"), jx_str(f, "instance"));
}

/* ---- servers and libraries ---- */

static void print_expensive(const struct cli *c, const json_t *f)
{
    cli_out(c,
            "%s  %s: exclusion/%s: its pattern costs too much on some title and does not match "
            "there; write a simpler one (splintarr why ITEM tells)\n",
            jx_str(f, "instance"), jx_str(f, "queue"), jx_str(f, "exclusion"));
}

static void print_freed(const struct cli *c, const json_t *f)
{
    char at[UTC_TEXT];
    cli_out(c, "exclusion/%s  expired %s: %lld %s may be searched again\n", jx_str(f, "exclusion"),
            utc_format_local(jx_utc(f, "expired"), at), (long long)jx_int(f, "items", 0),
            jx_str(f, "unit"));
}

static void print_too_new(const struct cli *c, const json_t *f)
{
    cli_out(c, "%s  %s\n", jx_str(f, "instance"), jx_str(f, "message"));
}

static void print_synced(const struct cli *c, const json_t *f)
{
    bool is_sonarr = json_object_get(f, "series") != NULL;
    cli_out(c, "%s  library: %lld %s", jx_str(f, "instance"),
            (long long)jx_int(f, is_sonarr ? "series" : "movies", 0),
            is_sonarr ? "series" : "movies");
    if (is_sonarr)
        cli_out(c, ", %lld episodes", (long long)jx_int(f, "episodes", 0));
    cli_out(c, " in %lld requests\n", (long long)jx_int(f, "requests", 0));
}

static void print_unread(const struct cli *c, const json_t *f)
{
    char at[UTC_TEXT];
    utc_t until = jx_utc(f, "until");
    cli_out(c, "%s  library: failed: %s%s%s\n", jx_str(f, "instance"), jx_str(f, "error"),
            until ? "; not before " : "", until ? utc_format_local(until, at) : "");
}

static void print_probed(const struct cli *c, const json_t *f)
{
    const char *version = jx_str(f, "version");
    const char *message = jx_str(f, "message");
    cli_out(c, "%s  %s", jx_str(f, "instance"), jx_str(f, "state"));
    if (version)
        cli_out(c, "  version %s, answered in %lld ms", version,
                (long long)jx_int(f, "took_ms", 0));
    cli_out(c, "%s%s\n", message ? "  " : "", message ? message : "");
}

static void print_drift(const struct cli *c, const json_t *f)
{
    cli_out(c, "%s  library: %lld wanted by our count, %lld by the server's%s\n",
            jx_str(f, "instance"), (long long)jx_int(f, "ours", 0),
            (long long)jx_int(f, "server", 0),
            jx_bool(f, "full_sync", false) ? "; everything is read again" : "");
}

static void print_syncing(const struct cli *c, const json_t *f)
{
    const char *titles = json_object_get(f, "series") ? "series" : "movies";
    cli_note(c, "%s: reading the library, %lld of %lld %s", jx_str(f, "instance"),
             (long long)jx_int(f, "changed", 0), (long long)jx_int(f, titles, 0), titles);
}

static const struct {
    enum event event;
    void (*print)(const struct cli *c, const json_t *fields);
} printers[] = {
    {EVENT_search_started, print_start},
    {EVENT_item_selected, print_selected},
    {EVENT_item_searching, print_searching},
    {EVENT_item_searched, print_searched},
    {EVENT_search_completed, print_completed},
    {EVENT_search_failed, print_failed},
    {EVENT_library_synced, print_synced},
    {EVENT_library_syncing, print_syncing},
    {EVENT_exclusion_too_expensive, print_expensive},
    {EVENT_exclusion_effect, print_freed},
    {EVENT_instance_too_new, print_too_new},
    {EVENT_library_failed, print_unread},
    {EVENT_item_imported, print_imported},
    {EVENT_item_import_failed, print_not_imported},
    {EVENT_item_deleted, print_deleted},
    {EVENT_item_held, print_held},
    {EVENT_queue_paused, print_paused},
    {EVENT_library_drift, print_drift},
    {EVENT_instance_probed, print_probed},
};

static void print_text(const struct cli *c, enum event event, const json_t *fields)
{
    for (size_t i = 0; i < COUNT(printers); i++)
        if (printers[i].event == event)
            printers[i].print(c, fields);
    cli_out_now(c);
}

static void print_json(const struct cli *c, enum event event, const json_t *fields)
{
    json_t *line = json_object();
    jx_put(line, "event", jx_string(event_names[event]));
    jx_put(line, "at", jx_time(clock_utc(c->clock)));
    json_object_update(line, (json_t *)(uintptr_t)fields);
    cli_out_json_line(c, line);
}

void happening_tell(const struct cli *c, enum event event, const json_t *fields)
{
    if (cli_is_json(c))
        print_json(c, event, fields);
    else
        print_text(c, event, fields);
}
