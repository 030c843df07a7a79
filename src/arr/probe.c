/* arr/probe.c — who is there: system/status, the right application, not too old. */
#include <stdio.h>

#include "arr/answer.h"
#include "arr/ask.h"
#include "arr/gates.h"
#include "arr/read.h"
#include "base/jx.h"
#include "base/str.h"

struct probe {
    struct ask q;
    void (*done)(void *ctx, const struct arr_result *r, const struct arr_status *s);
};

/* "" where the oldest Radarr does not say. */
static const char *other_app(const struct ask *q, const json_t *body)
{
    const char *name = read_str(body, "appName");
    bool is_right = str_case_eq(name, q->dialect->name) ||
                    (!*name && q->dialect->may_be_nameless && *read_str(body, "version"));
    return is_right ? NULL : name;
}

static void judge(const struct ask *q, const json_t *body, const struct arr_status *s,
                  struct arr_result *r)
{
    char least[32], name[40];
    const char *other = other_app(q, body);
    answer_redact(other && *other ? other : "something else", sizeof name, name);
    if (other)
        answer_bad(r, ARR_WRONG_APP,
                   "'url' leads to %s, not to %s; correct "
                   "'type' or 'url'",
                   name, q->dialect->name);
    else if (gates_too_old(s, q->dialect->app, least))
        answer_bad(r, ARR_WRONG_APP, "%s %s is too old; update it to %s or later", q->dialect->name,
                   s->version, least);
}

/* New generations keep what matters here more often than not: worked with, but said. */
static void note_newer(const struct ask *q, struct arr_status *s)
{
    int newest = gates_newest(s, q->dialect->app);
    if (newest)
        snprintf(s->too_new, sizeof s->too_new,
                 "%s %s is newer than this program knows; it is taken for a %s %d",
                 q->dialect->name, s->version, q->dialect->name, newest);
}

static bool probed(struct ask *q, const struct arr_result *r, const json_t *body)
{
    struct probe *p = (struct probe *)q;
    struct arr_status s = {.started = jx_utc(body, "startTime")};
    struct arr_result mine = *r;
    answer_redact(read_str(body, "version"), sizeof s.version, s.version);
    gates_set(&s, q->dialect->app);
    note_newer(q, &s);
    if (r->trouble == ARR_OK)
        judge(q, body, &s, &mine);
    if (r->trouble == ARR_GONE)
        answer_bad(&mine, ARR_NOT_AN_API,
                   "there is no %s API under 'url'; check "
                   "its host, port and URL base",
                   q->dialect->name);
    p->done(q->ctx, &mine, &s);
    return false;
}

void arr_probe(struct arr *a,
               void (*done)(void *ctx, const struct arr_result *r, const struct arr_status *s),
               void *ctx)
{
    struct probe *p = ASK_NEW(a, struct probe, ctx);
    p->done = done;
    p->q.on_end = probed;
    ask_get(&p->q, "system/status");
}
