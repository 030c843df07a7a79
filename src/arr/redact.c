/* arr/redact.c — what servers say, safe to show. Their messages quote URLs of indexers and download
 * clients, with the keys in them. */
#include <ctype.h>
#include <string.h>

#include "arr/answer.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"

enum { KEY_MIN = 20 }; /* letters and digits without a break, of both sorts: no word, a key */

static size_t run_of(const char *s, int (*fits)(int))
{
    size_t n = 0;
    while (s[n] && fits((unsigned char)s[n]))
        n++;
    return n;
}

static int is_value(int c)
{
    return !isspace(c) && !strchr("&\"'<>()[]{},;", c);
}

static bool is_key(const char *s, size_t n)
{
    size_t n_digits = 0;
    for (size_t i = 0; i < n; i++)
        n_digits += isdigit((unsigned char)s[i]) != 0;
    return n >= KEY_MIN && n_digits > 0 && n_digits < n;
}

/* "user:password@" after "://": how long it is. */
static size_t user_info(const char *s)
{
    size_t n = strcspn(s, "@/?# \t\"'");
    return s[n] == '@' ? n : 0;
}

/* How many bytes at `s` are to be masked, given what came before. */
static size_t hidden(const char *text, const char *s)
{
    if (s > text && s[-1] == '=')
        return run_of(s, is_value);
    if (s - text >= 3 && memcmp(s - 3, "://", 3) == 0 && user_info(s))
        return user_info(s);
    if (s > text && isalnum((unsigned char)s[-1]))
        return 0;
    size_t n = run_of(s, isalnum);
    return is_key(s, n) ? n : 0;
}

void answer_redact(const char *text, size_t n_ret, char *ret)
{
    CLEANUP(buf_done) struct buf b = {0};
    buf_init(&b, n_ret - 1);
    text += strspn(text, " \t\r\n");
    for (const char *s = text; *s && *s != '\n' && *s != '\r';) {
        size_t n = hidden(text, s);
        if (n)
            buf_puts(&b, "***");
        else
            buf_putc(&b, (unsigned char)*s < ' ' ? ' ' : *s);
        s += n ? n : 1;
    }
    while (b.n && !str_is_utf8(b.at, b.n))
        b.at[--b.n] = '\0';
    memcpy(ret, b.at, b.n + 1);
    log_redact_text(ret);
}
