/* cli/flags.c — parses argv against the tables of flags. Prints nothing. */
#include "cli/flags.h"

#include <string.h>

#include "base/str.h"

/* clang-format off */
const struct flag global_flags[] = {
    {"config",     'C', FLAG_VALUE, "DIR",    "directory of the configuration (SPLINTARR_CONFIG)"},
    {"state",      0,   FLAG_VALUE, "DIR",    "directory of the state (SPLINTARR_STATE)"},
    {"key-file",   0,   FLAG_VALUE, "FILE",   "key of the database (SPLINTARR_KEY_FILE)"},
    {"secret-dir", 0,   FLAG_VALUE, "DIR",    "the only place {file: …} secrets may come from; repeatable (SPLINTARR_SECRET_DIR)"},
    {"socket",     0,   FLAG_VALUE, "PATH",   "control socket of the daemon (SPLINTARR_SOCKET)"},
    {"output",     'o', FLAG_VALUE, "FORMAT", "text, json, … as the command offers"},
    {"color",      0,   FLAG_VALUE, "WHEN",   "auto, always or never"},
    {"no-input",   0,   FLAG_BOOL,  NULL,     "never ask anything"},
    {"quiet",      'q', FLAG_BOOL,  NULL,     "no notes on standard error"},
    {"verbose",    'v', FLAG_BOOL,  NULL,     "more of them"},
    {"log-level",  0,   FLAG_VALUE, "LEVEL",  "debug, info, warning or error (SPLINTARR_LOG_LEVEL)"},
    {"log-format", 0,   FLAG_VALUE, "FORMAT", "text or json (SPLINTARR_LOG_FORMAT)"},
    {"help",       'h', FLAG_BOOL,  NULL,     "what a command does and takes"},
    {"version",    0,   FLAG_BOOL,  NULL,     "which splintarr this is"},
    {0},
};
/* clang-format on */

void given_done(struct cli_given *g)
{
    vec_done(&g->flags);
    vec_done(&g->args);
}

const char *given_value(const struct cli_given *g, const char *name)
{
    for (size_t i = g->flags.n; i-- > 0;)
        if (str_eq(g->flags.at[i].name, name))
            return g->flags.at[i].value;
    return NULL;
}

static const struct flag *find_long(const struct flag *table, const char *name, size_t n)
{
    for (const struct flag *f = table; f && f->name; f++)
        if (strlen(f->name) == n && strncmp(f->name, name, n) == 0)
            return f;
    return NULL;
}

static const struct flag *find_letter(const struct flag *table, char letter)
{
    for (const struct flag *f = table; f && f->name; f++)
        if (f->letter == letter)
            return f;
    return NULL;
}

/* The flag that `arg` ("--name", "--name=value", "-n", "-nvalue") begins with. */
static const struct flag *find_in(const struct flag *table, const char *arg)
{
    return arg[1] == '-' ? find_long(table, arg + 2, strcspn(arg + 2, "="))
                         : find_letter(table, arg[1]);
}

static const struct flag *find_flag(const struct command *command, const char *arg)
{
    const struct flag *f = find_in(global_flags, arg);
    return f || !command ? f : find_in(command->flags, arg);
}

static bool is_flag(const char *arg)
{
    return arg[0] == '-' && arg[1] != '\0';
}

/* True when the value of `f` is the next argument and not part of this one. */
static bool takes_next(const struct flag *f, const char *arg)
{
    return f->type == FLAG_VALUE && (arg[1] == '-' ? !strchr(arg, '=') : arg[2] == '\0');
}

/* The command is not known yet, so a flag may be anyone's. */
static const struct flag *find_anywhere(const char *arg)
{
    const struct flag *f = find_in(global_flags, arg);
    for (size_t i = 0; !f && commands[i]; i++)
        f = find_in(commands[i]->flags, arg);
    return f;
}

/* Index of the command's name in argv; argc when there is none. */
static int find_command_word(int argc, const char *const *argv)
{
    for (int i = 1; i < argc; i++) {
        if (!is_flag(argv[i]))
            return i;
        if (str_eq(argv[i], "--"))
            return argc;
        const struct flag *f = find_anywhere(argv[i]);
        if (f && takes_next(f, argv[i]))
            i++;
    }
    return argc;
}

enum { NAMES_MAX = 64 };

static bool unknown_flag(const struct command *command, const char *arg, struct err *e)
{
    if (arg[1] != '-')
        return err_set(e, ERR_USAGE, "unknown flag '-%c' (splintarr help%s%s)", arg[1],
                       command ? " " : "", command ? command->name : "");
    const char *names[NAMES_MAX];
    size_t n = 0;
    for (const struct flag *f = global_flags; f->name && n < NAMES_MAX; f++)
        names[n++] = f->name;
    for (const struct flag *f = command ? command->flags : NULL; f && f->name && n < NAMES_MAX; f++)
        names[n++] = f->name;
    char name[40] = "";
    size_t len = MIN(strcspn(arg + 2, "="), sizeof name - 1);
    memcpy(name, arg + 2, len);
    const char *near = str_did_you_mean(name, names, n);
    return err_set(e, ERR_USAGE, "unknown flag '--%s'%s%s%s (splintarr help%s%s)", name,
                   near ? "; did you mean '--" : "", near ? near : "", near ? "'?" : "",
                   command ? " " : "", command ? command->name : "");
}

static bool add_long(const struct flag *f, const char *arg, const char *next,
                     struct cli_given *given, struct err *e)
{
    const char *eq = strchr(arg, '=');
    if (f->type == FLAG_BOOL && eq)
        return err_set(e, ERR_USAGE, "'--%s' takes no value", f->name);
    if (f->type == FLAG_VALUE && !eq && !next)
        return err_set(e, ERR_USAGE, "'--%s' needs a value: --%s %s", f->name, f->name, f->value);
    const char *value = eq ? eq + 1 : f->type == FLAG_VALUE ? next : "";
    vec_push(&given->flags, (struct given_flag){f->name, value});
    return true;
}

/* "-qv", "-ojson", "-o json". */
static bool add_letters(const struct command *command, const char *arg, const char *next,
                        struct cli_given *given, struct err *e)
{
    for (const char *p = arg + 1; *p; p++) {
        const char one[] = {'-', *p, '\0'};
        const struct flag *f = find_flag(command, one);
        if (!f)
            return unknown_flag(command, one, e);
        if (f->type != FLAG_VALUE) {
            vec_push(&given->flags, (struct given_flag){f->name, ""});
            continue;
        }
        const char *value = p[1] ? p + 1 + (p[1] == '=') : next;
        if (!value)
            return err_set(e, ERR_USAGE, "'-%c' needs a value: -%c %s", *p, *p, f->value);
        vec_push(&given->flags, (struct given_flag){f->name, value});
        return true;
    }
    return true;
}

static bool add_flag(const struct command *command, const char *arg, const char *next,
                     struct cli_given *given, bool *ret_took_next, struct err *e)
{
    const struct flag *f = find_flag(command, arg);
    if (!f)
        return unknown_flag(command, arg, e);
    *ret_took_next = takes_next(f, arg);
    return arg[1] == '-' ? add_long(f, arg, next, given, e)
                         : add_letters(command, arg, next, given, e);
}

static bool parse_words(int argc, const char *const *argv, int command_word,
                        const struct command *command, struct cli_given *given, struct err *e)
{
    bool is_over = false; /* after "--" */
    for (int i = 1; i < argc; i++) {
        if (i == command_word)
            continue;
        if (!is_over && str_eq(argv[i], "--")) {
            is_over = true;
            continue;
        }
        if (is_over || !is_flag(argv[i])) {
            vec_push(&given->args, argv[i]);
            continue;
        }
        bool took_next = false;
        const char *next = i + 1 < argc && i + 1 != command_word ? argv[i + 1] : NULL;
        if (!add_flag(command, argv[i], next, given, &took_next, e))
            return false;
        i += took_next;
    }
    return true;
}

static bool unknown_command(const char *name, struct err *e)
{
    const char *names[NAMES_MAX];
    size_t n = 0;
    for (size_t i = 0; commands[i] && n + 1 < NAMES_MAX; i++) {
        names[n++] = commands[i]->name;
        if (commands[i]->alias)
            names[n++] = commands[i]->alias;
    }
    const char *near = str_did_you_mean(name, names, n);
    return err_set(e, ERR_USAGE, "unknown command '%.60s'%s%s%s (splintarr help)", name,
                   near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

bool flags_parse(int argc, const char *const *argv, const struct command **ret_command,
                 struct cli_given *ret, struct err *e)
{
    int word = find_command_word(argc, argv);
    *ret_command = word < argc ? command_find(argv[word]) : NULL;
    if (word < argc && !*ret_command)
        return unknown_command(argv[word], e);
    return parse_words(argc, argv, word, *ret_command, ret, e);
}

static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; p && *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == n && strncmp(p, word, n) == 0)
            return true;
    return false;
}

static bool check_one_of(const struct cli_given *g, const char *name, const char *words,
                         struct err *e)
{
    const char *value = given_value(g, name);
    if (!value || has_word(words, value))
        return true;
    return err_set(e, ERR_USAGE, "'--%s %.40s': one of %s", name, value, words);
}

static bool check_format(const struct command *command, const struct cli_given *g, struct err *e)
{
    const char *format = given_value(g, "output");
    if (!format || str_eq(format, "text") || has_word(command->formats, format))
        return true;
    return err_set(e, ERR_USAGE, "'-o %.40s': %s prints %s%s", format, command->name,
                   command->formats ? "one of: text " : "text only",
                   command->formats ? command->formats : "");
}

static bool check_count(const struct command *command, const struct cli_given *g, struct err *e)
{
    if (g->args.n < (size_t)command->min_args)
        return err_set(e, ERR_USAGE, "something is missing: splintarr %s", command->usage);
    if (command->max_args < 0 || g->args.n <= (size_t)command->max_args)
        return true;
    if (command->is_secretive)
        return err_set(e, ERR_USAGE, "too many arguments: splintarr %s", command->usage);
    return err_set(e, ERR_USAGE, "unexpected argument '%.60s': splintarr %s",
                   g->args.at[command->max_args], command->usage);
}

bool flags_check(const struct command *command, const struct cli_given *g, struct err *e)
{
    return check_count(command, g, e) && check_format(command, g, e) &&
           check_one_of(g, "color", "auto always never", e) &&
           check_one_of(g, "log-level", "debug info warning error", e) &&
           check_one_of(g, "log-format", "text json", e);
}
