/* cli/library_file.h — files of `export library`: lines of JSON (store/lines.h). */
#ifndef SPL_CLI_LIBRARY_FILE_H
#define SPL_CLI_LIBRARY_FILE_H

#include "cli/cli.h"

int library_file_print(const struct cli *c, struct store *s); /* returns the exit code */

/* Into a fresh store, in one transaction. Errors name the file and the line. */
MUST_CHECK bool library_file_read(const char *path, struct store *s, struct err *e);

#endif
