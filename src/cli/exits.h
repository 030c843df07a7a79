/* cli/exits.h — what the exit codes mean, for help and the man page. */
#ifndef SPL_CLI_EXITS_H
#define SPL_CLI_EXITS_H

struct exit_meaning {
    const char *code, *meaning;
};
extern const struct exit_meaning exit_meanings[]; /* ended by a row without a code */

#endif
