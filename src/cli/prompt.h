/* cli/prompt.h — asking a person at the terminal. Questions go to standard error. Callers look at
 * cli.may_ask first. */
#ifndef SPL_CLI_PROMPT_H
#define SPL_CLI_PROMPT_H

#include "base/err.h"
#include "base/secret.h"

/* Only "y" and "yes" mean yes. */
bool prompt_yes(const char *question);
/* One line without its newline; false at the end of input. */
MUST_CHECK bool prompt_line(const char *question, char *ret, size_t n);
/* Without showing what is typed. */
MUST_CHECK bool prompt_hidden(const char *question, struct secret *ret, struct err *e);
/* All of standard input, at most 64 KiB, one trailing newline trimmed. */
MUST_CHECK bool prompt_stdin(struct secret *ret, struct err *e);

#endif
