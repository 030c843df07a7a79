/* cli/library_file.c — libraries to lines and back. */
#include "cli/library_file.h"

#include <string.h>

#include "base/file.h"
#include "store/lines.h"

enum { FILE_BYTES = 512 * 1024 * 1024 };

static void print_line(void *ctx, const char *text)
{
    cli_out(ctx, "%s\n", text);
}

int library_file_print(const struct cli *c, struct store *s)
{
    struct err e = {0};
    return library_lines(s, print_line, (void *)(uintptr_t)c, &e) ? CLI_OK : cli_fail(c, &e);
}

static bool put_lines(const char *path, char *text, struct store *s, struct err *e)
{
    size_t number = 0;
    for (char *line = text, *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        end += *end == '\n' ? (*end = '\0', 1) : 0;
        number++;
        if (*line && !library_line_put(s, line, e))
            return err_in(e, "%s:%zu", path, number);
    }
    return number > 0 || err_set(e, ERR_USAGE, "'%s' is empty", path);
}

bool library_file_read(const char *path, struct store *s, struct err *e)
{
    CLEANUP(buf_done) struct buf text = {0};
    CLEANUP(tx_done) struct tx tx = {0};
    return file_read(path, FILE_BYTES, &text, e) && tx_begin(s, &tx, e) &&
           put_lines(path, text.at ? text.at : (char[]){""}, s, e) && tx_commit(&tx, e);
}
