/* web/samples.h — what is measured, gathered from several places, and written as Prometheus text
 * (exposition format 0.0.4). */
#ifndef SPL_WEB_SAMPLES_H
#define SPL_WEB_SAMPLES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "web/web.h"

struct samples {
    struct arena *arena; /* of label values */
    VEC(struct web_sample) list;
};
void samples_init(struct samples *s);
void samples_done(struct samples *s); /* for CLEANUP */
void samples_clear(struct samples *s);

/* SAMPLE(s, METRIC_ITEMS, 12, "sonarr-main", "missing"): labels are copied; none: NULL. */
#define SAMPLE(s, metric, value, ...)                                                              \
    samples_add((s), (metric), (double)(value), (const char *const[WEB_LABELS]){__VA_ARGS__})
void samples_add(struct samples *s, enum web_metric metric, double value,
                 const char *const labels[static WEB_LABELS]);
void samples_add_all(struct samples *s, const struct web_sample *from, size_t n);

/* By metric in the order of metrics.def, within one as they were added. */
void samples_write(const struct samples *s, struct buf *out);

/* ---- where they come from ---- */

void process_sample(struct samples *s);
/* What cannot be read is left out; false then, and why. */
MUST_CHECK bool store_sample(struct samples *s, struct store *store, struct err *e);
MUST_CHECK bool library_sample(struct samples *s, struct store *store, struct err *e);

#endif
