/* cli/passphrase.c — reads the file of a passphrase. */
#include "cli/passphrase.h"

#include <string.h>

#include "base/file.h"

enum { FILE_MAX = 4096, SHORTEST = 8 };

bool passphrase_read(const struct cli *c, struct secret *ret, struct err *e)
{
    const char *path = cli_flag(c, "passphrase-file");
    CLEANUP(buf_done) struct buf b = {0};
    if (!path)
        return err_set(e, ERR_USAGE,
                       "--passphrase-file FILE is needed: on the command line others "
                       "could see a passphrase");
    if (!file_read(path, FILE_MAX, &b, e))
        return err_in(e, "--passphrase-file");
    size_t n = strcspn(b.at, "\r\n");
    if (n < SHORTEST)
        return err_set(e, ERR_USAGE, "the first line of '%s' is shorter than %d characters", path,
                       SHORTEST);
    secret_set(ret, b.at, n);
    explicit_bzero(b.at, b.n);
    return true;
}
