/* cli/cmd_completion.c — what may stand next on a command line. The shells' scripts only ask; the
 * answer comes from the tables of commands and flags, and addresses from what is applied. */
#include <string.h>

#include "base/str.h"
#include "cli/commands.h"
#include "cli/flags.h"
#include "plan/plan.h"

static const char bash_script[] =
    "# splintarr completion bash >/etc/bash_completion.d/splintarr\n"
    "_splintarr() {\n"
    "    local IFS=$'\\n'\n"
    "    COMPREPLY=($(splintarr completion words -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" "
    "2>/dev/null))\n"
    "    [[ ${COMPREPLY[0]-} == */ || ${COMPREPLY[0]-} == *= ]] && compopt -o nospace\n"
    "    return 0\n"
    "}\n"
    "complete -o default -F _splintarr splintarr\n";
static const char zsh_script[] =
    "#compdef splintarr\n"
    "# splintarr completion zsh >\"${fpath[1]}/_splintarr\"\n"
    "_splintarr() {\n"
    "    local -a words_found\n"
    "    words_found=(${(f)\"$(splintarr completion words -- \"${(@)words[2,$CURRENT]}\" "
    "2>/dev/null)\"})\n"
    "    if (( $#words_found )); then compadd -a words_found; else _files; fi\n"
    "}\n"
    "_splintarr \"$@\"\n";
static const char fish_script[] =
    "# splintarr completion fish >~/.config/fish/completions/splintarr.fish\n"
    "complete -c splintarr -a '(splintarr completion words -- "
    "(commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'\n";

static const struct {
    const char *shell, *script;
} scripts[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};

/* ---- the words that fit ---- */

struct asking {
    const struct cli *cli;
    const char *begun; /* what is typed of the word so far */
};

static void offer(const struct asking *a, const char *word)
{
    if (str_starts(word, a->begun))
        cli_out(a->cli, "%s\n", word);
}

static void offer_flags(const struct asking *a, const struct flag *table)
{
    for (const struct flag *f = table; f && f->name; f++) {
        CLEANUP(freep) char *word = mem_printf("--%s", f->name);
        offer(a, word);
    }
}

static void offer_commands(const struct asking *a)
{
    for (size_t i = 0; commands[i]; i++)
        offer(a, commands[i]->name);
}

/* "pause|resume" inside a usage are words as they stand. */
static void offer_verbs(const struct asking *a, const char *usage)
{
    const char *at = strchr(usage, ' ');
    if (!at || at[1] < 'a' || at[1] > 'z')
        return;
    CLEANUP(freep) char *verbs = mem_printf("%.*s", (int)strcspn(at + 1, " "), at + 1);
    char *rest = verbs, *verb;
    while ((verb = strsep(&rest, "|")))
        offer(a, verb);
}

/* What a usage calls its argument, and which kinds' names fit there; NULL: any, with its kind. */
static const struct {
    const char *word;
    bool has_kinds, has_addresses, has_queues, has_instances;
} arguments[] = {
    {"KIND", true, true, false, false},
    {"ADDRESS", false, true, false, false},
    {"QUEUE", false, false, true, false},
    {"INSTANCE", false, false, false, true},
};

static void offer_resource(const struct asking *a, size_t row, const struct resource *r)
{
    CLEANUP(freep) char *address = mem_printf("%s/%s", kind_names[r->kind], r->name);
    if (arguments[row].has_addresses)
        offer(a, address);
    if ((arguments[row].has_queues && r->kind == KIND_QUEUE) ||
        (arguments[row].has_instances && r->kind == KIND_INSTANCE))
        offer(a, r->name);
}

static void offer_resources(const struct asking *a, size_t row)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(config_freep) struct config *config = NULL;
    enum store_found found;
    struct err e;
    if (!cli_store(a->cli, STORE_READ, &store, &found, &e) || !store ||
        !plan_applied_config(store, &config, &e))
        return; /* nobody to tell: the shell shows no words */
    for (size_t i = 0; i < config_n(config); i++)
        offer_resource(a, row, config_at(config, i));
}

static void offer_arguments(const struct asking *a, const struct command *command)
{
    offer_verbs(a, command->usage);
    for (size_t row = 0; row < COUNT(arguments); row++) {
        if (!strstr(command->usage, arguments[row].word))
            continue;
        for (int k = 0; k < KIND_N && arguments[row].has_kinds; k++)
            offer(a, kind_plurals[k]);
        offer_resources(a, row);
        return;
    }
}

/* The first word that is no flag. */
static const struct command *command_of(const struct cli *c, int first, int last)
{
    for (int i = first; i < last; i++)
        if (c->args[i][0] != '-')
            return command_find(c->args[i]);
    return NULL;
}

static int print_words(const struct cli *c)
{
    int last = c->n_args - 1;
    const struct asking a = {.cli = c, .begun = last > 0 ? c->args[last] : ""};
    const struct command *command = command_of(c, 1, last);
    if (a.begun[0] == '-') {
        offer_flags(&a, command ? command->flags : NULL);
        offer_flags(&a, global_flags);
    } else if (!command) {
        offer_commands(&a);
    } else {
        offer_arguments(&a, command);
    }
    return CLI_OK;
}

static int run(struct cli *c)
{
    if (str_eq(c->args[0], "words"))
        return print_words(c);
    for (size_t i = 0; i < COUNT(scripts); i++)
        if (str_eq(scripts[i].shell, c->args[0])) {
            cli_out(c, "%s", scripts[i].script);
            return CLI_OK;
        }
    return cli_failf(c, ERR_USAGE, "completion for which shell? bash, zsh or fish");
}

const struct command cmd_completion = {
    .name = "completion",
    .usage = "completion bash|zsh|fish",
    .doc = "a script that completes commands, flags and addresses in your shell",
    .help =
        "  source <(splintarr completion bash)\n"
        "\n"
        "`completion words -- WORD…` prints what may stand at the last WORD, a line each; that is\n"
        "what the scripts call.",
    .examples = "  splintarr completion bash >/etc/bash_completion.d/splintarr",
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
