/* cli/cmd_queue.c — a queue's YAML to start another one from. Prints, writes nothing. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "model/value.h"
#include "model/ywrite.h"
#include "plan/applied.h"

/* A tenant's queue is extended by its short name, in a file of his. */
static void print_clone(const struct cli *c, const char *from, const char *to)
{
    CLEANUP(jx_decrefp) json_t *document = json_object();
    CLEANUP(buf_done) struct buf text;
    const char *slash = strchr(from, '/');
    json_t *queues = json_object(), *queue = json_object();
    jx_put(queue, "extends", jx_string(slash ? slash + 1 : from));
    jx_put(queues, to, queue);
    jx_put(document, kind_plurals[KIND_QUEUE], queues);
    buf_init(&text, BUF_TEXT);
    ywrite_document(&text, document);
    cli_out_buf(c, &text);
    if (slash)
        cli_note(c, "it belongs into a file below tenants/%.*s/", (int)(slash - from), from);
}

/* The name `to` would have beside `from`. */
static const char *beside(struct arena *arena, const char *from, const char *to)
{
    const char *slash = strchr(from, '/');
    return slash ? arena_printf(arena, "%.*s/%s", (int)(slash - from), from, to) : to;
}

static bool check(struct store *store, const char *from, const char *to, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(applied_done) struct applied_state s = {0};
    struct value_problem p;
    if (!value_name(to, &p))
        return err_set(e, ERR_USAGE, "%s", p.message);
    if (!applied_load(store, arena, &s, e))
        return false;
    if (!applied_find(&s.live, KIND_QUEUE, from))
        return err_set(e, ERR_USAGE, "there is no queue '%s'; splintarr get queues lists them",
                       from);
    return !applied_find(&s.live, KIND_QUEUE, beside(arena, from, to)) ||
           err_set(e, ERR_USAGE, "there is a queue '%s' already", beside(arena, from, to));
}

static int run(struct cli *c)
{
    CLEANUP(store_closep) struct store *store = NULL;
    enum store_found found;
    struct err e;
    if (!str_eq(c->args[0], "clone"))
        return cli_failf(c, ERR_USAGE, "there is no 'queue %s': splintarr queue clone A B",
                         c->args[0]);
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (!store)
        return cli_no_state(c);
    if (!check(store, c->args[1], c->args[2], &e))
        return cli_fail(c, &e);
    print_clone(c, c->args[1], c->args[2]);
    return CLI_OK;
}

const struct command cmd_queue = {
    .name = "queue",
    .usage = "queue clone A B",
    .doc = "print a queue B that extends A, to put into a file and change",
    .help = "Prints YAML and changes nothing:\n"
            "  splintarr queue clone tv-missing tv-slow >tv-slow.yaml\n"
            "Whatever B does not write is what A says; lists are replaced.",
    .min_args = 3,
    .max_args = 3,
    .run = run,
};
