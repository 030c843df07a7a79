/* model/lines.c — finding lines and columns in a file's bytes. */
#include "model/lines.h"

#include <string.h>

#include "base/str.h"

/* Length of a line end at `s`, of n bytes left; 0 when there is none. */
static size_t break_length(const char *s, size_t n)
{
    if (s[0] == '\n')
        return 1;
    if (s[0] == '\r')
        return n > 1 && s[1] == '\n' ? 2 : 1;
    if (n > 1 && memcmp(s, "\xC2\x85", 2) == 0)
        return 2;
    return n > 2 && (memcmp(s, "\xE2\x80\xA8", 3) == 0 || memcmp(s, "\xE2\x80\xA9", 3) == 0) ? 3
                                                                                             : 0;
}

void lines_init(struct lines *l, const char *bytes, size_t n)
{
    static const char bom[] = "\xEF\xBB\xBF";
    *l = (struct lines){.bytes = bytes, .n_bytes = n};
    bool has_bom = n >= 3 && memcmp(bytes, bom, 3) == 0;
    vec_push(&l->starts, has_bom ? 3 : 0);
    for (size_t i = 0; i < n;) {
        size_t length = break_length(bytes + i, n - i);
        i += length ? length : 1;
        if (length)
            vec_push(&l->starts, (uint32_t)i);
    }
}

void lines_done(struct lines *l)
{
    vec_done(&l->starts);
}

const char *lines_at(const struct lines *l, int line, size_t *ret_n)
{
    *ret_n = 0;
    if (line < 1 || (size_t)line > l->starts.n)
        return "";
    size_t start = l->starts.at[line - 1];
    bool is_last = (size_t)line == l->starts.n;
    size_t end = is_last ? l->n_bytes : l->starts.at[line];
    for (size_t n = 1; !is_last && n <= 3 && n <= end - start; n++)
        if (break_length(l->bytes + end - n, n) == n)
            *ret_n = end - start - n; /* CRLF is longer than its LF */
    if (is_last)
        *ret_n = end - start;
    return l->bytes + start;
}

size_t lines_char(const char *s, size_t n)
{
    size_t length = 1;
    if ((unsigned char)s[0] < 0x80)
        return 1;
    while (length < n && length < 4 && ((unsigned char)s[length] & 0xC0) == 0x80)
        length++;
    return str_is_utf8(s, length) ? length : 1;
}

size_t lines_offset(const struct lines *l, int line, int col)
{
    if (line < 1 || (size_t)line > l->starts.n)
        return l->n_bytes;
    size_t n, at = 0;
    const char *text = lines_at(l, line, &n);
    for (int i = 1; i < col && at < n; i++)
        at += lines_char(text + at, n - at);
    return l->starts.at[line - 1] + at;
}

void lines_place(const struct lines *l, size_t offset, int *ret_line, int *ret_col)
{
    size_t line = l->starts.n - 1;
    while (line && l->starts.at[line] > offset)
        line--;
    size_t start = l->starts.at[line], at = start;
    int col = 1;
    for (; at < offset && at < l->n_bytes; col++)
        at += lines_char(l->bytes + at, l->n_bytes - at);
    *ret_line = (int)line + 1;
    *ret_col = col;
}
