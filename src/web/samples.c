/* web/samples.c — a list of samples and its text. */
#include "web/samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct metric_row {
    const char *type, *name, *labels[WEB_LABELS], *help;
};
static const struct metric_row metrics[METRIC_N] = {
#define LABELS(...)                                                                                \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define METRIC(id, ...) [METRIC_##id] = {__VA_ARGS__},
#include "web/metrics.def"
#undef METRIC
#undef LABELS
};

void samples_init(struct samples *s)
{
    *s = (struct samples){.arena = arena_new()};
}

void samples_done(struct samples *s)
{
    arena_freep(&s->arena);
    vec_done(&s->list);
}

void samples_clear(struct samples *s)
{
    arena_reset(s->arena);
    s->list.n = 0;
}

void samples_add(struct samples *s, enum web_metric metric, double value,
                 const char *const labels[static WEB_LABELS])
{
    struct web_sample x = {.metric = metric, .value = value};
    for (size_t i = 0; i < WEB_LABELS; i++)
        x.labels[i] = arena_strdup(s->arena, labels[i]);
    vec_push(&s->list, x);
}

void samples_add_all(struct samples *s, const struct web_sample *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        samples_add(s, from[i].metric, from[i].value, from[i].labels);
}

/* ---- text ---- */

static void put_escaped(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n')
            buf_puts(out, "\\n");
        else if (*text == '\\' || *text == '"')
            buf_printf(out, "\\%c", *text);
        else
            buf_putc(out, *text);
    }
}

static void put_labels(struct buf *out, const struct metric_row *m, const struct web_sample *x)
{
    for (size_t i = 0; i < WEB_LABELS && m->labels[i]; i++) {
        buf_printf(out, "%s%s=\"", i ? "," : "{", m->labels[i]);
        put_escaped(out, x->labels[i] ? x->labels[i] : "");
        buf_puts(out, "\"");
    }
    if (m->labels[0])
        buf_putc(out, '}');
}

/* As short as it can be and still be the same number. */
static void put_value(struct buf *out, double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.15g", value);
    if (strtod(text, NULL) != value)
        snprintf(text, sizeof text, "%.17g", value);
    buf_printf(out, " %s\n", text);
}

static void put_metric(struct buf *out, enum web_metric metric, const struct samples *s)
{
    const struct metric_row *m = &metrics[metric];
    bool is_begun = false;
    for (size_t i = 0; i < s->list.n; i++) {
        const struct web_sample *x = &s->list.at[i];
        if (x->metric != metric)
            continue;
        if (!is_begun)
            buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", m->name, m->help, m->name, m->type);
        is_begun = true;
        buf_puts(out, m->name);
        put_labels(out, m, x);
        put_value(out, x->value);
    }
}

void samples_write(const struct samples *s, struct buf *out)
{
    for (int metric = 0; metric < METRIC_N; metric++)
        put_metric(out, (enum web_metric)metric, s);
}
