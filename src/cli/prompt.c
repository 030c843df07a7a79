/* cli/prompt.c — questions on the terminal. What is typed hidden is wiped from every buffer. */
#include "cli/prompt.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"

enum { VALUE_MAX = 64 * 1024, LINE_MAX_BYTES = 4096 };

bool prompt_line(const char *question, char *ret, size_t n)
{
    fflush(stdout);
    fprintf(stderr, "%s ", question);
    fflush(stderr);
    if (!fgets(ret, (int)n, stdin))
        return false;
    ret[strcspn(ret, "\r\n")] = '\0';
    return true;
}

bool prompt_yes(const char *question)
{
    char answer[16];
    return prompt_line(question, answer, sizeof answer) &&
           (str_case_eq(answer, "y") || str_case_eq(answer, "yes"));
}

static void restore(struct termios *t)
{
    tcsetattr(STDIN_FILENO, TCSAFLUSH, t);
    fputc('\n', stderr);
}

/* ISIG is switched off with the echo: an interrupt would leave the terminal mute. Control-C then
 * arrives as a character and means "no". */
static bool read_hidden(const char *question, char *line, size_t n, struct err *e)
{
    CLEANUP(restore) struct termios old;
    if (tcgetattr(STDIN_FILENO, &old) < 0)
        return err_set(e, ERR_IO, "standard input is no terminal");
    struct termios mute = old;
    mute.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &mute);
    if (prompt_line(question, line, n) && !strchr(line, 3))
        return true;
    return err_set(e, ERR_INTERRUPTED, "nothing was stored");
}

bool prompt_hidden(const char *question, struct secret *ret, struct err *e)
{
    char line[LINE_MAX_BYTES];
    bool ok = read_hidden(question, line, sizeof line, e);
    if (ok && !*line)
        ok = err_set(e, ERR_USAGE, "an empty value is no secret; nothing was stored");
    if (ok)
        secret_set(ret, line, strlen(line));
    explicit_bzero(line, sizeof line);
    return ok;
}

bool prompt_stdin(struct secret *ret, struct err *e)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, VALUE_MAX);
    char chunk[4096];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, stdin)) > 0)
        buf_add(&b, chunk, n);
    explicit_bzero(chunk, sizeof chunk);
    size_t len = b.n;
    if (len > 0 && b.at[len - 1] == '\n')
        len--;
    if (len > 0 && b.at[len - 1] == '\r')
        len--;
    bool ok = len > 0 && !b.is_cut && !memchr(b.at, '\0', len);
    if (ok)
        secret_set(ret, b.at, len);
    explicit_bzero(b.at, b.n);
    return ok || err_set(e, ERR_USAGE, "the value on standard input is %s; nothing was stored",
                         b.is_cut  ? "larger than 64 KiB"
                         : len > 0 ? "not text"
                                   : "empty");
}
