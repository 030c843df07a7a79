/* cli/wait.c — looks at the conditions in the state until they are what one waits for. */
#include "cli/wait.h"

#include <poll.h>
#include <stdio.h>

#include "cli/remote.h"
#include "cli/view.h"
#include "model/value.h"

enum { LOOK_EVERY_MS = 250, DEFAULT_S = 30 };

bool wait_read(const struct cli *c, ms_t *ret_wait, struct err *e)
{
    const char *text = cli_flag(c, "wait");
    struct value_problem why;
    *ret_wait = text && !*text ? SECONDS(DEFAULT_S) : 0;
    if (!text || !*text || (value_dur(text, ret_wait, &why) && *ret_wait > 0))
        return true;
    return err_set(e, ERR_USAGE, "--wait takes a duration such as 30s or 5m, not '%.40s'", text);
}

/* One that is not ready, in words; the last of them stays. */
struct unready {
    char text[500];
    bool is_stalled; /* waiting does not help */
    size_t n;
};

static bool is_waiting(const struct conditions *c, bool has_daemon)
{
    const struct condition *healthy = &c->at[COND_HEALTHY];
    bool is_unasked = has_daemon && healthy->is_given && healthy->status == COND_UNKNOWN;
    bool is_suspended = c->at[COND_SUSPENDED].status == COND_TRUE;
    return c->at[COND_READY].status != COND_TRUE || (is_unasked && !is_suspended);
}

static bool look(const struct cli *c, bool has_daemon, struct unready *ret, struct err *e)
{
    CLEANUP(view_done) struct view v = {0};
    int status;
    *ret = (struct unready){0};
    if (!view_open(c, &v, &status))
        return err_set(e, ERR_IO, "the state cannot be read any more");
    for (size_t i = 0; i < config_n(v.config); i++) {
        const struct resource *r = config_at(v.config, i);
        struct conditions conditions;
        if (!view_conditions(&v, r, &conditions, e))
            return false;
        bool is_stalled = conditions_need_human(&conditions);
        if (!is_stalled && !is_waiting(&conditions, has_daemon))
            continue;
        const struct condition *why = &conditions.at[is_stalled ? COND_STALLED : COND_READY];
        ret->n++;
        ret->is_stalled = ret->is_stalled || is_stalled;
        snprintf(ret->text, sizeof ret->text, "%s/%s is not ready%s%s", kind_names[r->kind],
                 r->name, *why->message ? ": " : "", why->message);
    }
    return true;
}

int wait_ready(const struct cli *c, ms_t at_most)
{
    bool has_daemon = remote_is_there(c);
    ms_t end = clock_mono(c->clock) + at_most;
    struct unready x;
    struct err e = {0};
    while (look(c, has_daemon, &x, &e)) {
        bool is_over = x.is_stalled || clock_mono(c->clock) >= end;
        if (x.n == 0)
            return CLI_OK;
        if (is_over) {
            cli_note(c, "%s%s", x.text, x.n > 1 ? " (and others: splintarr status)" : "");
            return CLI_NEGATIVE;
        }
        poll(NULL, 0, LOOK_EVERY_MS);
    }
    return cli_fail(c, &e);
}
