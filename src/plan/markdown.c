/* plan/markdown.c — escaping, after CommonMark 0.31 sections 2.4, 4.5 and 6.1. */
#include "plan/markdown.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

/* Between @ or # and what follows, where a forge would see somebody or something mentioned. */
static const char zero_width_space[] = "&#8203;";

static const char *entity(char c)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    default: return NULL;
    }
}

/* Any ASCII punctuation may be escaped; these could mean something in the middle of a line. */
static bool is_special(char c)
{
    return c && strchr("\\`*_[]!|~", c);
}

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

void markdown_text(const char *text, struct buf *ret)
{
    for (const char *c = text; *c; c++) {
        if (entity(*c)) {
            buf_puts(ret, entity(*c));
            continue;
        }
        if (is_special(*c))
            buf_putc(ret, '\\');
        buf_putc(ret, is_control(*c) ? ' ' : *c);
        if (*c == '@' || *c == '#' || str_starts(c, "://"))
            buf_puts(ret, zero_width_space);
    }
}

/* The longest run of backticks. */
static size_t longest_run(const char *text)
{
    size_t longest = 0, n = 0;
    for (const char *c = text; *c; c++) {
        n = *c == '`' ? n + 1 : 0;
        longest = MAX(longest, n);
    }
    return longest;
}

static void put_ticks(size_t n, struct buf *ret)
{
    while (n-- > 0)
        buf_putc(ret, '`');
}

void markdown_code(const char *text, struct buf *ret)
{
    size_t n = longest_run(text) + 1;
    const char *space = n > 1 ? " " : ""; /* a backtick at an end would join the fence */
    put_ticks(n, ret);
    buf_puts(ret, space);
    for (const char *c = text; *c; c++)
        buf_putc(ret, is_control(*c) ? ' ' : *c);
    buf_puts(ret, space);
    put_ticks(n, ret);
}

/* So many bytes of whole lines. */
static size_t fitting(const char *text, size_t max)
{
    size_t n = strlen(text);
    if (n <= max)
        return n;
    for (n = max; n > 0 && text[n - 1] != '\n';)
        n--;
    return n;
}

static size_t count_lines(const char *text)
{
    size_t n = 0;
    for (const char *c = text; *c; c++)
        n += *c == '\n';
    return n;
}

void markdown_block(const char *language, const char *text, size_t max, struct buf *ret)
{
    size_t ticks = MAX(longest_run(text) + 1, (size_t)3), n = fitting(text, max);
    put_ticks(ticks, ret);
    buf_printf(ret, "%s\n", language);
    buf_add(ret, text, n);
    if (text[n])
        buf_printf(ret, "... and %zu more lines\n", count_lines(text + n));
    put_ticks(ticks, ret);
    buf_putc(ret, '\n');
}
