/* cli/cli.c — from argv to a command and its exit code; what commands print with. */
#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/jx.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/flags.h"
#include "cli/settings.h"

const char *cli_flag(const struct cli *c, const char *name)
{
    return given_value(c->given, name);
}

bool cli_has(const struct cli *c, const char *name)
{
    return given_value(c->given, name) != NULL;
}

const char *cli_flags(const struct cli *c, const char *name, size_t i)
{
    for (size_t k = 0; k < c->given->flags.n; k++)
        if (str_eq(c->given->flags.at[k].name, name) && i-- == 0)
            return c->given->flags.at[k].value;
    return NULL;
}

bool cli_is_json(const struct cli *c)
{
    return str_eq(c->format, "json");
}

void cli_out(const struct cli *c UNUSED, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
}

void cli_out_buf(const struct cli *c UNUSED, const struct buf *b)
{
    fwrite(b->at, 1, b->n, stdout);
}

void cli_out_now(const struct cli *c UNUSED)
{
    fflush(stdout);
}

void cli_out_table(const struct cli *c, const struct table *t)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    table_text(t, &text);
    cli_out_buf(c, &text);
}

/* What -o name calls a row: its address, or that of what it tells of. */
static void out_name(const struct cli *c, const json_t *row)
{
    const char *address = jx_str(row, "address"), *item = jx_str(row, "item");
    const char *queue = jx_str(row, "queue"), *instance = jx_str(row, "instance");
    if (address || item)
        cli_out(c, "%s\n", address ? address : item);
    else if (queue && instance)
        cli_out(c, "queue/%s@%s\n", queue, instance);
    else if (instance)
        cli_out(c, "instance/%s\n", instance);
}

void cli_out_list(const struct cli *c, json_t *items, const struct table *t)
{
    size_t i;
    json_t *row;
    if (str_eq(c->format, "name")) {
        json_array_foreach(items, i, row) out_name(c, row);
        return;
    }
    if (!cli_is_json(c)) {
        cli_out_table(c, t);
        return;
    }
    json_t *o = cli_object();
    jx_put(o, "items", json_incref(items));
    cli_out_json(c, o);
}

void cli_out_json(const struct cli *c UNUSED, json_t *j)
{
    CLEANUP(freep) char *text = jx_pretty(j);
    puts(text);
    json_decref(j);
}

void cli_out_json_line(const struct cli *c UNUSED, json_t *j)
{
    json_dumpf(j, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(j);
}

void cli_note(const struct cli *c, const char *fmt, ...)
{
    if (c->is_quiet)
        return;
    va_list args;
    va_start(args, fmt);
    fflush(stdout); /* keep the order of what was said */
    fputs("splintarr: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
}

int cli_fail(const struct cli *c UNUSED, const struct err *e)
{
    fflush(stdout);
    fputs("splintarr: ", stderr);
    if (e->at.file)
        fprintf(stderr, "%s:%d:%d: ", e->at.file, e->at.line, e->at.col);
    fprintf(stderr, "%s\n", e->msg);
    return err_exit(e->code);
}

void cli_say_error(const struct cli *c UNUSED, const char *text)
{
    fflush(stdout);
    fprintf(stderr, "splintarr: %s\n", text);
}

int cli_failf(const struct cli *c, enum err_code code, const char *fmt, ...)
{
    char text[sizeof(((struct err *)0)->msg)];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    struct err e;
    err_set(&e, code, "%s", text);
    return cli_fail(c, &e);
}

json_t *cli_object(void)
{
    json_t *o = json_object();
    jx_put(o, "format_version", jx_string("1.0"));
    return o;
}

static bool wants_color(const struct cli_given *given)
{
    const char *when = given_value(given, "color");
    if (str_eq(when, "always") || str_eq(when, "never"))
        return str_eq(when, "always");
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && term && !str_eq(term, "dumb");
}

static enum log_level log_level_of(const char *word)
{
    static const char *const words[] = {"debug", "info", "warning", "error"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(word, words[i]))
            return (enum log_level)i;
    return LOG_WARNING; /* commands speak for themselves */
}

static void set_up_log(const struct cli *c)
{
    const char *level = setting_given(c->given, "log-level", "SPLINTARR_LOG_LEVEL");
    const char *format = setting_given(c->given, "log-format", "SPLINTARR_LOG_FORMAT");
    log_setup(level                   ? log_level_of(level)
              : c->is_verbose         ? LOG_DEBUG
              : c->command->is_daemon ? LOG_INFO
                                      : LOG_WARNING,
              str_eq(format, "json") ? LOG_JSON : LOG_TEXT, c->clock);
}

static void cli_init(struct cli *c, const struct command *command, struct cli_given *given)
{
    const char *format = given_value(given, "output");
    *c = (struct cli){
        .command = command,
        .clock = &clock_system,
        .args = given->args.at,
        .n_args = (int)given->args.n,
        .format = format ? format : "text",
        .has_color = wants_color(given),
        .is_quiet = given_value(given, "quiet") != NULL,
        .is_verbose = given_value(given, "verbose") != NULL,
        .may_ask = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && !given_value(given, "no-input"),
        .given = given,
    };
    settings_find(given, &c->set);
    set_up_log(c);
}

static void cli_done(struct cli *c)
{
    settings_done(&c->set);
}

/* What is run in place of the command: `diff --help` is `help diff`. */
static const struct command *redirect(const struct command *command, struct cli_given *given)
{
    bool wants_help = given_value(given, "help") != NULL;
    bool wants_version = given_value(given, "version") != NULL;
    if (!wants_help && !wants_version)
        return command;
    given->args.n = 0;
    if (wants_help && command)
        vec_push(&given->args, command->name);
    return command_find(wants_help ? "help" : "version");
}

static int run_command(const struct command *command, struct cli_given *given)
{
    CLEANUP(cli_done) struct cli c;
    cli_init(&c, command, given);
    int status = command->run(&c);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return cli_failf(&c, ERR_IO, "cannot write the output: %s", strerror(errno));
}

int cli_main(int argc, char **argv)
{
    CLEANUP(given_done) struct cli_given given = {0};
    const struct command *command;
    struct err e;
    if (!flags_parse(argc, (const char *const *)argv, &command, &given, &e))
        return cli_fail(NULL, &e);
    command = redirect(command, &given);
    if (!command)
        return cli_failf(NULL, ERR_USAGE, "which command? splintarr help lists them");
    if (!flags_check(command, &given, &e))
        return cli_fail(NULL, &e);
    return run_command(command, &given);
}
