/* base/log.c — building and writing log lines. The state here is one of the two permitted globals:
 * set once in main before any thread starts, except the redaction list, which only grows. */
#include "base/log.h"

#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum { LINE_MAX_BYTES = 8 * 1024, REDACT_LEAST = 8, REDACT_MAX = 512 };

static struct {
    enum log_level least;
    enum log_format format;
    const struct clock *clock;
} setup = {.least = LOG_INFO, .clock = &clock_system};

static struct {
    pthread_mutex_t lock;
    char *values[REDACT_MAX];
    size_t n;
} redact = {.lock = PTHREAD_MUTEX_INITIALIZER};

void log_setup(enum log_level least, enum log_format format, const struct clock *clock)
{
    setup.least = least;
    setup.format = format;
    setup.clock = clock;
}

static void __attribute__((destructor)) redact_wipe(void)
{
    for (size_t i = 0; i < redact.n; i++) {
        explicit_bzero(redact.values[i], strlen(redact.values[i]));
        mem_free(redact.values[i]);
    }
    redact.n = 0;
}

void log_redact(const char *value)
{
    if (!value || strlen(value) < REDACT_LEAST)
        return;
    pthread_mutex_lock(&redact.lock);
    bool is_known = false;
    for (size_t i = 0; i < redact.n && !is_known; i++)
        is_known = strcmp(redact.values[i], value) == 0;
    if (!is_known && redact.n < REDACT_MAX)
        redact.values[redact.n++] = mem_strdup(value);
    pthread_mutex_unlock(&redact.lock);
}

void log_redact_text(char *text)
{
    pthread_mutex_lock(&redact.lock);
    for (size_t i = 0; i < redact.n; i++) {
        size_t n = strlen(redact.values[i]);
        for (char *hit = text; (hit = strstr(hit, redact.values[i])); hit += n)
            memset(hit, '*', n);
    }
    pthread_mutex_unlock(&redact.lock);
}

static void json_string(struct buf *b, const char *s)
{
    buf_putc(b, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            buf_printf(b, "\\%c", *s);
        else if ((unsigned char)*s < 0x20)
            buf_printf(b, "\\u%04x", (unsigned)*s);
        else
            buf_putc(b, *s);
    }
    buf_putc(b, '"');
}

/* Words without blanks, quotes or control characters stand bare. */
static void text_string(struct buf *b, const char *s)
{
    bool is_bare = *s != '\0';
    for (const char *p = s; *p && is_bare; p++)
        is_bare = (unsigned char)*p > ' ' && *p != '"' && *p != '=' && *p != '\\';
    if (is_bare)
        buf_puts(b, s);
    else
        json_string(b, s);
}

static void add_value(struct buf *b, const struct log_pair *p)
{
    switch (p->type) {
    case LOG_STR: (setup.format == LOG_JSON ? json_string : text_string)(b, p->str); break;
    case LOG_INT: buf_printf(b, "%" PRId64, p->num); break;
    case LOG_BOOL: buf_puts(b, p->flag ? "true" : "false"); break;
    case LOG_REAL: buf_printf(b, "%.6g", isfinite(p->real) ? p->real : 0.0); break;
    }
}

static void add_pair(struct buf *b, const struct log_pair *p)
{
    if (setup.format == LOG_JSON) {
        buf_puts(b, ",");
        json_string(b, p->key);
        buf_putc(b, ':');
    } else {
        buf_printf(b, " %s=", p->key);
    }
    add_value(b, p);
}

void log_write(enum log_level level, const char *name, size_t n, const struct log_pair pairs[])
{
    static const char *const levels[] = {"debug", "info", "warning", "error"};
    if (level < setup.least)
        return;
    char at[UTC_TEXT];
    utc_format(clock_utc(setup.clock), at);
    bool json = setup.format == LOG_JSON;
    CLEANUP(buf_done) struct buf line;
    buf_init(&line, LINE_MAX_BYTES);
    buf_printf(&line, json ? "{\"at\":\"%s\",\"level\":\"%s\",\"event\":\"%s\"" : "%s %-7s %s", at,
               levels[level], name);
    for (size_t i = 0; i < n; i++)
        add_pair(&line, &pairs[i]);
    buf_puts(&line, json ? "}" : "");
    log_redact_text(line.at);
    line.at[line.n] = '\n'; /* takes the terminator's place: the length is explicit below */
    ssize_t written UNUSED = write(STDERR_FILENO, line.at, line.n + 1);
}
