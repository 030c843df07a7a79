/* tests/unit/metrics_parser.h — a strict reader of Prometheus' text exposition format 0.0.4, from
 * its specification: lines end in LF, HELP and TYPE come once and before the samples of their
 * metric, which stand together; names, labels, escapes and values are well formed; no series comes
 * twice. Stricter than it must be: every metric has HELP and TYPE, no comments, no time stamps, no
 * blanks inside braces, counters end in _total. */
#ifndef SPL_TEST_METRICS_PARSER_H
#define SPL_TEST_METRICS_PARSER_H

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

struct metrics_parser {
    char metric[200], type[20];
    bool has_help, has_type, has_samples;
    VEC(char *) seen; /* metrics and series */
    char wrong[400];
};

static inline bool mp_fail(struct metrics_parser *p, const char *what, const char *at)
{
    snprintf(p->wrong, sizeof p->wrong, "%s: %.100s", what, at);
    return false;
}

static inline bool mp_once(struct metrics_parser *p, const char *what, const char *text, size_t n)
{
    CLEANUP(freep) char *copy = mem_printf("%s %.*s", what, (int)n, text);
    for (size_t i = 0; i < p->seen.n; i++)
        if (str_eq(p->seen.at[i], copy))
            return mp_fail(p, "twice", copy);
    vec_push(&p->seen, TAKE(copy));
    return true;
}

/* [a-zA-Z_:][a-zA-Z0-9_:]*; labels have no colon. */
static inline size_t mp_name(const char *s, bool may_colon)
{
    size_t n = 0;
    while (isalpha((unsigned char)s[n]) || s[n] == '_' || (may_colon && s[n] == ':') ||
           (n && isdigit((unsigned char)s[n])))
        n++;
    return n;
}

static inline bool mp_begin_metric(struct metrics_parser *p, const char *name, size_t n)
{
    if (strlen(p->metric) == n && !strncmp(p->metric, name, n))
        return true;
    if (*p->metric && !p->has_samples)
        return mp_fail(p, "a metric without samples before", name);
    snprintf(p->metric, sizeof p->metric, "%.*s", (int)n, name);
    p->has_help = p->has_type = p->has_samples = false;
    return mp_once(p, "metric", name, n);
}

static inline bool mp_help(struct metrics_parser *p, const char *text)
{
    for (; *text; text++)
        if (*text == '\\' && *++text != '\\' && *text != 'n')
            return mp_fail(p, "bad escape in HELP", text);
    if (p->has_help || p->has_type)
        return mp_fail(p, "HELP twice, or after TYPE", p->metric);
    return p->has_help = true;
}

static inline bool mp_type(struct metrics_parser *p, const char *type)
{
    static const char *const types[] = {"counter", "gauge", "summary", "histogram", "untyped"};
    bool is_known = false;
    for (size_t i = 0; i < COUNT(types); i++)
        is_known |= str_eq(types[i], type);
    if (!is_known || p->has_type || p->has_samples)
        return mp_fail(p, "bad or late TYPE", type);
    if (str_eq(type, "counter") != str_ends(p->metric, "_total"))
        return mp_fail(p, "counters, and only they, end in _total", p->metric);
    snprintf(p->type, sizeof p->type, "%s", type);
    return p->has_type = true;
}

static inline bool mp_comment(struct metrics_parser *p, const char *line)
{
    bool is_help = str_starts(line, "# HELP ");
    if (!is_help && !str_starts(line, "# TYPE "))
        return mp_fail(p, "neither HELP nor TYPE", line);
    const char *name = line + 7;
    size_t n = mp_name(name, true);
    if (!n || name[n] != ' ' || !name[n + 1])
        return mp_fail(p, "no name", line);
    if (!mp_begin_metric(p, name, n))
        return false;
    return is_help ? mp_help(p, name + n + 1) : mp_type(p, name + n + 1);
}

/* One name="value"; moves past it. */
static inline bool mp_label(struct metrics_parser *p, const char **at)
{
    const char *s = *at;
    size_t n = mp_name(s, false);
    if (!n || s[n] != '=' || s[n + 1] != '"')
        return mp_fail(p, "bad label", s);
    for (s += n + 2; *s && *s != '"'; s++)
        if (*s == '\\' && *++s != '\\' && *s != '"' && *s != 'n')
            return mp_fail(p, "bad escape in a label", s);
    if (*s != '"')
        return mp_fail(p, "unfinished label", *at);
    *at = s + 1;
    return true;
}

static inline bool mp_labels(struct metrics_parser *p, const char **at)
{
    if (**at != '{')
        return true;
    do {
        ++*at;
        if (!mp_label(p, at))
            return false;
    } while (**at == ',');
    return *(*at)++ == '}' || mp_fail(p, "unfinished labels", *at);
}

static inline bool mp_sample(struct metrics_parser *p, const char *line)
{
    size_t n = mp_name(line, true);
    const char *at = line + n;
    char *end;
    if (!n || strlen(p->metric) != n || strncmp(p->metric, line, n) != 0 || !p->has_help ||
        !p->has_type)
        return mp_fail(p, "a sample not below its HELP and TYPE", line);
    if (!mp_labels(p, &at) || !mp_once(p, "series", line, (size_t)(at - line)))
        return false;
    double value = *at == ' ' ? strtod(at + 1, &end) : 0;
    if (*at != ' ' || at[1] == ' ' || end == at + 1 || *end)
        return mp_fail(p, "bad value", line);
    if (str_eq(p->type, "counter") && value < 0)
        return mp_fail(p, "a negative counter", line);
    return p->has_samples = true;
}

static inline bool mp_line(struct metrics_parser *p, const char *line)
{
    if (!*line || strchr(line, '\r'))
        return mp_fail(p, "an empty line or a carriage return", line);
    return *line == '#' ? mp_comment(p, line) : mp_sample(p, line);
}

static inline bool mp_lines(struct metrics_parser *p, char *text)
{
    if (!str_ends(text, "\n"))
        return mp_fail(p, "the last line does not end", "");
    for (char *end; (end = strchr(text, '\n')); text = end + 1) {
        *end = '\0';
        if (!mp_line(p, text))
            return false;
    }
    return p->has_samples || mp_fail(p, "the last metric has no samples", p->metric);
}

/* False: *p says in `wrong` what is not as it must be. */
static inline bool metrics_parse(struct metrics_parser *p, const char *text)
{
    CLEANUP(freep) char *copy = mem_strdup(text);
    *p = (struct metrics_parser){0};
    bool ok = mp_lines(p, copy);
    for (size_t i = 0; i < p->seen.n; i++)
        mem_free(p->seen.at[i]);
    vec_done(&p->seen);
    return ok;
}

#endif
