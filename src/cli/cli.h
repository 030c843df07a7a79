/* cli/cli.h — the frame around commands: flags, process settings, output, exit codes.
 *
 * A command is one file, cmd_NAME.c, that exports `const struct command cmd_NAME`, and one row in
 * commands.def. Its run() gets a `struct cli` whose flags and arguments are already checked against
 * the command's tables; it prints through cli_out and returns an exit code. Errors end a command as
 * `return cli_fail(c, &e);`. Facts go to standard output, everything about the way to standard
 * error. Nothing here opens the state or the tree unless a command asks for it. */
#ifndef SPL_CLI_CLI_H
#define SPL_CLI_CLI_H

#include <jansson.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/table.h"
#include "plan/secrets.h"
#include "plan/tree.h"
#include "store/store.h"

/* Same meaning in every command (cli page, section 3). */
enum cli_exit {
    CLI_OK = 0,
    CLI_NEGATIVE = 1, /* an answer, not an error: differences, not ready, no match */
    CLI_USAGE = 2,
    CLI_INVALID = 3, /* the configuration */
    CLI_FAILED = 4,
    CLI_REFUSED = 5,
    CLI_CONFLICT = 6,
};

enum flag_type {
    FLAG_BOOL,     /* --full */
    FLAG_VALUE,    /* --only ADDRESS, --only=ADDRESS; the last one counts, cli_flags gives all */
    FLAG_OPTIONAL, /* --wait, --wait=30s: cli_flag gives "" without a value */
};
struct flag {
    const char *name; /* without dashes */
    char letter;      /* 0: none */
    enum flag_type type;
    const char *value; /* what to call the value in help: "ADDRESS" */
    const char *doc;
};

struct cli;

struct command {
    const char *name;
    const char *alias;        /* another name, or NULL */
    const char *usage;        /* "diff [DIR]" */
    const char *doc;          /* one line, for the list of commands */
    const char *help;         /* paragraphs for `help NAME`, or NULL */
    const char *examples;     /* lines, each indented by two, or NULL */
    const char *formats;      /* what -o takes besides text: "json markdown"; NULL: nothing */
    const struct flag *flags; /* its own, ended by a row without a name; NULL: none */
    int min_args, max_args;   /* max_args < 0: any number */
    bool is_daemon;           /* its log is what it says: from level info on */
    bool is_secretive; /* arguments too many are not repeated in the message: one may be a secret */
    int (*run)(struct cli *c);
};
extern const struct command *const commands[]; /* ended by NULL */
const struct command *command_find(const char *name);

/* Process settings: flag, else environment, else default (cli page, section 7). */
struct cli_settings {
    char *config;       /* root of the tree */
    char *state;        /* state directory */
    char *key_file;     /* NULL: STATE/key */
    char **secret_dirs; /* NULL-terminated, or NULL: no limit */
    char *socket;       /* of the daemon */
};

struct cli {
    const struct command *command;
    const struct clock *clock;
    const char *const *args; /* positional ones, after the command's name */
    int n_args;
    const char *format; /* -o: "text", "json", … one of the command's */
    bool has_color;     /* standard output takes colours */
    bool is_quiet, is_verbose;
    bool may_ask;            /* standard input and error are a terminal, and no --no-input */
    struct cli_settings set; /* valid for all commands */
    struct cli_given *given; /* flags as given; see cli_flag */
};

/* The program: what main() does. */
int cli_main(int argc, char **argv);

/* The value of a flag; NULL when not given; "" for a FLAG_BOOL that was. */
const char *cli_flag(const struct cli *c, const char *name);
bool cli_has(const struct cli *c, const char *name);
/* The i-th value of a repeated flag, or NULL. */
const char *cli_flags(const struct cli *c, const char *name, size_t i);
bool cli_is_json(const struct cli *c);

/* ---- output ---- */

void cli_out(const struct cli *c, const char *fmt, ...) PRINTF(2, 3);
void cli_out_buf(const struct cli *c, const struct buf *b);
void cli_out_table(const struct cli *c, const struct table *t);
/* A list in the form that was asked for: `{"items":[…]}`, the table, or a name a row. Borrows both.
 */
void cli_out_list(const struct cli *c, json_t *items, const struct table *t);
void cli_out_now(const struct cli *c); /* what was said so far, though it goes to a pipe */
void cli_out_json(const struct cli *c, json_t *j);      /* pretty, newline; steals j */
void cli_out_json_line(const struct cli *c, json_t *j); /* compact, one line (NDJSON); steals j */
/* To standard error, "splintarr: " in front; nothing under -q. */
void cli_note(const struct cli *c, const char *fmt, ...) PRINTF(2, 3);
/* Says the error on standard error and gives the exit code of its class. */
int cli_fail(const struct cli *c, const struct err *e);
/* The sentence alone, for errors whose exit code is known otherwise. */
void cli_say_error(const struct cli *c, const char *text);
/* The same for a sentence made on the spot. */
int cli_failf(const struct cli *c, enum err_code code, const char *fmt, ...) PRINTF(3, 4);

/* `{"format_version":"1.0"}`, to be filled; caller decrefs or hands it to cli_out_json. */
json_t *cli_object(void);

/* ---- what most commands need ---- */

/* The positional argument i, or the configured root: which tree is meant. */
const char *cli_root(const struct cli *c, int i);

/* Opens the state. STORE_ABSENT is no error (reading commands say so and create nothing:
 * cli_no_state). */
MUST_CHECK bool cli_store(const struct cli *c, enum store_mode mode, struct store **ret,
                          enum store_found *ret_found, struct err *e);
/* "no state in '…' yet: splintarr apply creates it"; returns CLI_FAILED. */
int cli_no_state(const struct cli *c);
/* Where references are looked up; `store` may be NULL. Caller secrets_free's. */
struct secrets *cli_secrets(const struct cli *c, struct store *store, const char *root);

/* Reads the tree at `root`. False when there is none to read; findings are in `diags`, and `config`
 * is NULL when one of them is an error (cli_invalid shows them). */
struct cli_tree {
    struct tree tree;
    struct config *config; /* NULL when findings are errors */
    struct diags *diags;
};
void cli_tree_done(struct cli_tree *t);
MUST_CHECK bool cli_tree_load(const struct cli *c, const char *root, struct cli_tree *ret,
                              struct err *e);
/* All findings on standard error, then "4 errors in 3 files; " and `closing`; CLI_INVALID. */
int cli_invalid(const struct cli *c, const struct cli_tree *t, const char *closing);
/* "cli:uid=1000": who is at the command line, for revisions and audit rows. Caller frees. */
char *cli_actor(void);

#endif
