/* arrsim/jw.c — the JSON writer. */
#include "arrsim/jw.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static void newline(struct jw *j)
{
    buf_putc(j->out, '\n');
    for (int i = 0; i < j->depth; i++)
        buf_puts(j->out, "  ");
}

static uint32_t decode(const unsigned char **s)
{
    uint32_t c = *(*s)++;
    int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    c &= more == 3 ? 0x07u : more == 2 ? 0x0Fu : more == 1 ? 0x1Fu : 0x7Fu;
    for (; more > 0 && **s; more--)
        c = (c << 6) | (*(*s)++ & 0x3Fu);
    return c;
}

static void put_escaped(struct jw *j, uint32_t c)
{
    if (c >= 0x10000) {
        buf_printf(j->out, "\\u%04x", 0xD800 + ((c - 0x10000) >> 10));
        c = 0xDC00 + ((c - 0x10000) & 0x3FF);
    }
    buf_printf(j->out, "\\u%04x", c);
}

static void put_string(struct jw *j, const char *text)
{
    buf_putc(j->out, '"');
    const unsigned char *s = (const unsigned char *)text;
    while (*s) {
        if (*s == '"' || *s == '\\')
            buf_printf(j->out, "\\%c", *s++);
        else if (*s == '\n' && ++s)
            buf_puts(j->out, "\\n");
        else if (*s < 0x20 || (*s >= 0x80 && j->is_ascii))
            put_escaped(j, decode(&s));
        else
            buf_putc(j->out, (char)*s++);
    }
    buf_putc(j->out, '"');
}

static void begin(struct jw *j, const char *key)
{
    if (j->depth) {
        if (!j->is_first)
            buf_putc(j->out, ',');
        newline(j);
    }
    j->is_first = false;
    if (!key)
        return;
    put_string(j, key);
    buf_puts(j->out, ": ");
}

static void open_with(struct jw *j, const char *key, char opens, char closes)
{
    begin(j, key);
    buf_putc(j->out, opens);
    assert(j->depth < (int)sizeof j->open);
    j->open[j->depth++] = closes;
    j->is_first = true;
}

void jw_object(struct jw *j, const char *key)
{
    open_with(j, key, '{', '}');
}

void jw_array(struct jw *j, const char *key)
{
    open_with(j, key, '[', ']');
}

void jw_close(struct jw *j)
{
    assert(j->depth > 0);
    j->depth--;
    if (!j->is_first)
        newline(j);
    buf_putc(j->out, j->open[j->depth]);
    j->is_first = false;
}

void jw_close_all(struct jw *j)
{
    while (j->depth)
        jw_close(j);
}

void jw_str(struct jw *j, const char *key, const char *v)
{
    begin(j, key);
    put_string(j, v);
}

void jw_opt(struct jw *j, const char *key, const char *v)
{
    if (v)
        jw_str(j, key, v);
}

void jw_int(struct jw *j, const char *key, int64_t v)
{
    begin(j, key);
    buf_printf(j->out, "%lld", (long long)v);
}

void jw_bool(struct jw *j, const char *key, bool v)
{
    begin(j, key);
    buf_puts(j->out, v ? "true" : "false");
}

/* Newtonsoft writes 100.0 where System.Text.Json writes 100. */
void jw_real(struct jw *j, const char *key, double v)
{
    begin(j, key);
    bool is_whole = v == (double)(int64_t)v;
    if (is_whole && j->is_old)
        buf_printf(j->out, "%.1f", v);
    else
        buf_printf(j->out, "%.12g", v);
}

void jw_null(struct jw *j, const char *key)
{
    begin(j, key);
    buf_puts(j->out, "null");
}

/* The clock has milliseconds; the digits below are made up from them, always the same. */
static void fraction(utc_t t, char ret[static 8])
{
    int ms = (int)(t % 1000);
    snprintf(ret, 8, "%03d%03d", ms, ms * 739 % 1000);
    for (size_t n = strlen(ret); n && ret[n - 1] == '0'; n--)
        ret[n - 1] = '\0';
}

void jw_time(struct jw *j, const char *key, utc_t t)
{
    char text[UTC_TEXT], digits[8] = "";
    if (!t)
        return;
    utc_format(j->is_west ? t - HOURS(8) : t, text);
    if (j->is_old)
        fraction(t, digits);
    begin(j, key);
    text[strlen(text) - 1] = '\0';
    buf_printf(j->out, "\"%s%s%s%s\"", text, *digits ? "." : "", digits,
               j->is_west ? "-08:00" : "Z");
}

void jw_date(struct jw *j, const char *key, utc_t t)
{
    char text[UTC_TEXT];
    utc_format(t, text);
    text[10] = '\0';
    jw_str(j, key, text);
}

void jw_span(struct jw *j, const char *key, ms_t span)
{
    begin(j, key);
    if (span >= DAYS(1))
        buf_printf(j->out, "\"%lld.", (long long)(span / DAYS(1)));
    else
        buf_putc(j->out, '"');
    int of_day = (int)(span % DAYS(1)), ms = of_day % 1000;
    buf_printf(j->out, "%02d:%02d:%02d", of_day / 3600000, of_day / 60000 % 60, of_day / 1000 % 60);
    if (ms)
        buf_printf(j->out, ".%03d0000", ms);
    buf_putc(j->out, '"');
}

void jw_empty(struct jw *j, const char *key)
{
    jw_array(j, key);
    jw_close(j);
}
