/* cli/passphrase.h — the passphrase of sealed texts: from a file, never from the command line. */
#ifndef SPL_CLI_PASSPHRASE_H
#define SPL_CLI_PASSPHRASE_H

#include "base/secret.h"
#include "cli/cli.h"

/* The first line of --passphrase-file, at least eight characters. ERR_USAGE without the flag. */
MUST_CHECK bool passphrase_read(const struct cli *c, struct secret *ret, struct err *e);

#define SECRETS_LABEL "secrets" /* what export seals and secret import opens */
#define PASSPHRASE_FLAG                                                                            \
    {                                                                                              \
        "passphrase-file", 0, FLAG_VALUE, "FILE", "its first line is the passphrase"               \
    }

#endif
