/* cli/stream.c — rows to standard output as they come. Memory is one page, whatever the list. */
#include "cli/stream.h"

#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "engine/named.h"

enum { PAGE_ROWS = 500, LIMIT_USUAL = 50 };

static bool is_names(const struct stream *s)
{
    return str_eq(s->view->cli->format, "name");
}

static bool is_known(const struct view *v, const char *instance, int *ret_exit)
{
    if (!instance || config_find(v->config, KIND_INSTANCE, instance))
        return true;
    struct err e = {0};
    named_not(v->config, KIND_INSTANCE, instance, &e);
    *ret_exit = cli_fail(v->cli, &e);
    return false;
}

bool stream_begin(struct stream *s, const struct view *v, const char *const *headings,
                  int *ret_exit)
{
    const char *limit = cli_flag(v->cli, "limit"), *instance = cli_flag(v->cli, "instance");
    int64_t n = LIMIT_USUAL;
    if (limit && (!str_int(limit, &n) || n < 1)) {
        *ret_exit = cli_failf(v->cli, ERR_USAGE, "--limit takes a number from 1, not '%s'", limit);
        return false;
    }
    if (!is_known(v, instance, ret_exit))
        return false;
    *s = (struct stream){.view = v, .limit = (size_t)n, .instance = instance};
    table_init(&s->table, headings);
    if (cli_is_json(v->cli))
        cli_out(v->cli, "{\n  \"format_version\": \"1.0\",\n  \"items\": [");
    return true;
}

void stream_done(struct stream *s)
{
    table_done(&s->table);
}

bool stream_wants(struct stream *s)
{
    s->is_more = s->n == s->limit;
    return !s->is_more;
}

void stream_cell(struct stream *s, const char *text)
{
    table_cell(&s->table, text);
}

void stream_cell_time(struct stream *s, utc_t at)
{
    char text[UTC_TEXT];
    table_cell(&s->table, at ? utc_format_local(at, text) : "");
}

void stream_cell_int(struct stream *s, int64_t n)
{
    table_cellf(&s->table, "%" PRId64, n);
}

static void print_page(struct stream *s)
{
    cli_out_table(s->view->cli, &s->table);
    table_clear(&s->table);
}

/* As one element of the list, indented like the rest. */
static void print_object(const struct stream *s, const json_t *row)
{
    CLEANUP(freep) char *text = jx_pretty(row);
    char *rest = text, *line;
    cli_out(s->view->cli, "%s", s->n ? ",\n" : "\n");
    for (bool is_first = true; (line = strsep(&rest, "\n")); is_first = false)
        cli_out(s->view->cli, "%s    %s", is_first ? "" : "\n", line);
}

void stream_add(struct stream *s, const char *address, json_t *row)
{
    if (cli_is_json(s->view->cli))
        print_object(s, row);
    else if (is_names(s))
        cli_out(s->view->cli, "%s\n", address);
    else if (table_rows(&s->table) == PAGE_ROWS)
        print_page(s);
    json_decref(row);
    s->n++;
    if (cli_is_json(s->view->cli) || is_names(s))
        table_clear(&s->table);
}

int stream_end(struct stream *s, bool ok, const struct err *e)
{
    const struct cli *c = s->view->cli;
    if (!ok)
        return cli_fail(c, e);
    if (cli_is_json(c))
        cli_out(c, "%s]\n}\n", s->n ? "\n  " : "");
    else if (!is_names(s) && (table_rows(&s->table) || !s->n))
        print_page(s);
    if (s->n == 0)
        view_note_unread(s->view, s->instance);
    if (s->is_more)
        cli_note(c, "the first %zu; --limit N shows more", s->limit);
    return CLI_OK;
}

bool stream_instances(struct stream *s,
                      bool (*list)(struct stream *s, const struct resource *instance,
                                   struct err *e),
                      struct err *e)
{
    const struct config *config = s->view->config;
    for (size_t i = 0; i < config_n(config) && !s->is_more; i++) {
        const struct resource *r = config_at(config, i);
        if (r->kind != KIND_INSTANCE || (s->instance && !str_eq(s->instance, r->name)))
            continue;
        if (!list(s, r, e))
            return false;
    }
    return true;
}
