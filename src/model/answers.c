/* model/answers.c — counting by hour, and quantiles of the counts. */
#include "model/answers.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/macros.h"

enum { CLASSES_PER_DOUBLING = 4 };

static size_t class_of(ms_t took)
{
    double at = took > 1 ? ceil(CLASSES_PER_DOUBLING * log2((double)took)) : 0;
    return (size_t)MIN(at, (double)(ANSWERS_CLASSES - 1));
}

/* The longest duration that belongs to a class. */
static double upper_end(size_t class)
{
    return floor(exp2((double)class / CLASSES_PER_DOUBLING));
}

struct answers_hour *answers_hour_of(struct answers *a, utc_t at)
{
    utc_t hour = at - at % HOURS(1);
    struct answers_hour *h = &a->at[(hour / HOURS(1)) % ANSWERS_HOURS];
    if (h->hour != hour)
        *h = (struct answers_hour){.hour = hour};
    return h;
}

void answers_add(struct answers *a, utc_t at, ms_t took, enum answer_kind kind)
{
    struct answers_hour *h = answers_hour_of(a, at);
    h->n++;
    h->n_errors += kind != ANSWER_GOOD;
    h->n_timeouts += kind == ANSWER_TIMEOUT;
    h->total += MAX(took, 0);
    h->by_class[class_of(took)]++;
    h->is_new = true;
}

static bool is_within_day(const struct answers_hour *h, utc_t now)
{
    return h->hour && h->hour <= now && h->hour > now - HOURS(24);
}

static double quantile(const struct answers_hour *sum, double share)
{
    int64_t wanted = (int64_t)ceil(share * (double)sum->n), seen = 0;
    for (size_t i = 0; i < ANSWERS_CLASSES; i++) {
        seen += sum->by_class[i];
        if (seen >= wanted)
            return upper_end(i);
    }
    return upper_end(ANSWERS_CLASSES - 1);
}

static void add_hour(struct answers_hour *sum, const struct answers_hour *h)
{
    sum->n += h->n;
    sum->n_errors += h->n_errors;
    sum->n_timeouts += h->n_timeouts;
    sum->total += h->total;
    for (size_t i = 0; i < ANSWERS_CLASSES; i++)
        sum->by_class[i] += h->by_class[i];
}

struct answers_sum answers_day(const struct answers *a, utc_t now)
{
    struct answers_hour sum = {0};
    for (size_t i = 0; i < ANSWERS_HOURS; i++)
        if (is_within_day(&a->at[i], now))
            add_hour(&sum, &a->at[i]);
    if (!sum.n)
        return (struct answers_sum){0};
    double n = (double)sum.n;
    return (struct answers_sum){
        .n = sum.n,
        .average = (double)sum.total / n,
        .median = quantile(&sum, 0.5),
        .p95 = quantile(&sum, 0.95),
        .error_rate = (double)sum.n_errors / n,
        .timeout_rate = (double)sum.n_timeouts / n,
    };
}

void answers_last_hour(const struct answers *a, utc_t now, double *ret_n, double *ret_errors)
{
    utc_t hour = now - now % HOURS(1);
    double share = 1 - (double)(now - hour) / (double)HOURS(1);
    *ret_n = *ret_errors = 0;
    for (size_t i = 0; i < ANSWERS_HOURS; i++) {
        const struct answers_hour *h = &a->at[i];
        double weight = h->hour == hour ? 1 : h->hour && h->hour == hour - HOURS(1) ? share : 0;
        *ret_n += weight * (double)h->n;
        *ret_errors += weight * (double)h->n_errors;
    }
}

void answers_write(const struct answers_hour *h, struct buf *ret)
{
    for (size_t i = 0; i < ANSWERS_CLASSES; i++)
        if (h->by_class[i])
            buf_printf(ret, "%s%zu:%" PRIu32, ret->n ? " " : "", i, h->by_class[i]);
}

void answers_read(struct answers_hour *h, const char *text)
{
    size_t class;
    uint32_t count;
    int n = 0;
    memset(h->by_class, 0, sizeof h->by_class);
    for (; sscanf(text, "%zu:%" SCNu32 "%n", &class, &count, &n) == 2; text += n)
        if (class < ANSWERS_CLASSES)
            h->by_class[class] = count;
}
