/* arrsim/download.c — from a grab to a file: a queue row 5–90 s later, then an import or a failure.
 * Each end of a download is one row of history per item. */
#include "arrsim/model.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

static void add_history(struct sim *s, enum history_type type, const struct download *d, int item,
                        const char *source)
{
    struct history h = {.id = (int)s->history.n + 1,
                        .item = item,
                        .title = d->title,
                        .quality = d->quality,
                        .file = s->items.at[item - 1].file,
                        .type = type,
                        .date = s->now,
                        .name = mem_strdup(d->name),
                        .source = source};
    memcpy(h.download_id, d->id, sizeof h.download_id);
    vec_push(&s->history, h);
}

static char *release_name(const struct sim *s, const struct download *d, const struct sim_item *it)
{
    const struct sim_title *t = &s->titles.at[d->title - 1];
    char *name = NULL;
    const char *quality = quality_of(d->quality)->name;
    if (s->app == SIM_RADARR)
        name = mem_printf("%s.%d.%s-SIM", t->name, t->year, quality);
    else if (d->items.n > 1)
        name = mem_printf("%s.S%02d.%s-SIM", t->name, d->season, quality);
    else
        name = mem_printf("%s.S%02dE%02d.%s-SIM", t->name, d->season, it->number, quality);
    for (char *c = name; *c; c++)
        if (*c == ' ')
            *c = '.';
    return name;
}

/* At the cutoff, mostly; else one that still leaves something to wish for. */
static int pick_quality(const struct sim *s, const struct sim_item *it)
{
    const struct profile *p = profile_of(s->titles.at[it->title - 1].profile);
    int cutoff = p ? p->cutoff : 3;
    for (const struct quality *q = qualities; cutoff >= 1000 && q->name; q++)
        if (q->group == cutoff) {
            cutoff = q->id;
            break;
        }
    bool is_best = it->file || sim_draw(s, 41, (uint64_t)it->id, 10) < 7;
    return is_best || quality_rank(cutoff) < quality_rank(4) ? cutoff : 4;
}

static void plan(struct sim *s, struct download *d, uint64_t n)
{
    d->grabbed = s->now;
    d->visible = s->now + SECONDS(5) + (ms_t)sim_draw(s, 42, n, (uint64_t)SECONDS(85));
    d->done = d->visible + MINUTES(2) + (ms_t)sim_draw(s, 43, n, (uint64_t)MINUTES(40));
    d->fails = is_on(s, B_imports_fail) || sim_draw(s, 44, n, 20) == 0;
    d->is_active = true;
    if (is_on(s, B_blackhole))
        return;
    for (int i = 0; i < 5; i++)
        snprintf(d->id + 8 * i, 9, "%08X", (unsigned)sim_draw(s, 45 + (uint64_t)i, n, 0xFFFFFFFFu));
}

void download_start(struct sim *s, const int items[], size_t n, const char *source)
{
    struct sim_item *first = &s->items.at[items[0] - 1];
    const struct profile *p = profile_of(s->titles.at[first->title - 1].profile);
    struct download d = {.title = first->title,
                         .season = first->season,
                         .is_unasked = !str_eq(source, "UserInvokedSearch"),
                         .quality = pick_quality(s, first),
                         .score = p ? p->cutoff_score : 0};
    d.size = (int64_t)n * (700000000 + (int64_t)sim_draw(s, 46, (uint64_t)first->id, 3000000000));
    plan(s, &d, (uint64_t)s->downloads.n);
    for (size_t i = 0; i < n; i++)
        vec_push(&d.items, items[i]);
    d.name = release_name(s, &d, first);
    vec_push(&s->active_downloads, (int)s->downloads.n);
    vec_push(&s->downloads, d);
    webhook_grab(s, &d);
    for (size_t i = 0; i < n; i++) {
        struct sim_item *it = &s->items.at[items[i] - 1];
        add_history(s, HIST_GRABBED, &d, items[i], source);
        it->download = (int)s->downloads.n;
        release_use(it, s->now);
    }
}

void sim_grab(struct sim *s, const int items[], size_t n)
{
    sim_advance(s);
    download_start(s, items, n, "Rss");
}

utc_t sim_last_end(const struct sim *s)
{
    for (size_t i = s->history.n; i > 0; i--)
        if (s->history.at[i - 1].type == HIST_IMPORTED || s->history.at[i - 1].type == HIST_FAILED)
            return s->history.at[i - 1].date - s->skew;
    return 0;
}

bool download_is_visible(const struct sim *s, const struct download *d)
{
    return d->is_active && d->id[0] && d->visible <= s->now && s->now >= s->queue_from;
}

utc_t download_next(const struct sim *s)
{
    utc_t at = INT64_MAX;
    for (size_t i = 0; i < s->active_downloads.n; i++) {
        const struct download *d = &s->downloads.at[s->active_downloads.at[i]];
        if (!d->is_stuck)
            at = MIN(at, d->done);
    }
    return at;
}

static void import(struct sim *s, int index, int item)
{
    const struct download *d = &s->downloads.at[index];
    struct sim_item *it = sim_item(s, item);
    if (!it)
        return;
    if (it->download == index + 1)
        it->download = 0;
    if (!d->fails) {
        sim_delete_file(s, item, "Upgrade");
        int file = sim_add_file(s, item, d->quality, d->score);
        s->files.at[file - 1].size = d->size / (int64_t)d->items.n;
        s->n_imports++;
        webhook_import(s, d, &item, 1, false);
    }
    add_history(s, d->fails ? HIST_FAILED : HIST_IMPORTED, d, item, "Unknown");
}

void sim_delete_file(struct sim *s, int item, const char *reason)
{
    const struct sim_item *it = sim_item(s, item);
    const struct sim_file *f = it ? sim_file(s, it->file) : NULL;
    if (!f)
        return;
    CLEANUP(freep) char *told = mem_strdup(reason); /* webhooks begin it with a small letter */
    told[0] = (char)(told[0] - 'A' + 'a');
    webhook_deleted(s, item, told);
    vec_push(&s->history, (struct history){.id = (int)s->history.n + 1,
                                           .item = item,
                                           .title = it->title,
                                           .quality = f->quality,
                                           .file = f->id,
                                           .type = HIST_DELETED,
                                           .date = s->now,
                                           .name = mem_strdup("file.mkv"),
                                           .source = reason});
    sim_remove_file(s, item);
}

void sim_import_by_hand(struct sim *s)
{
    sim_advance(s);
    sim_behave(s, "imports_stuck", false);
    for (size_t i = 0; i < s->active_downloads.n; i++) {
        struct download *d = &s->downloads.at[s->active_downloads.at[i]];
        d->done = d->is_stuck ? s->now : d->done;
        d->is_stuck = false;
    }
}

/* Nobody grabbed it: no downloadId leads from its history to anything. */
void sim_bring_file(struct sim *s, int item)
{
    sim_advance(s);
    const struct sim_item *it = sim_item(s, item);
    if (!it)
        return;
    struct download d = {
        .title = it->title, .season = it->season, .quality = pick_quality(s, it), .size = 1 << 30};
    d.name = release_name(s, &d, it);
    sim_delete_file(s, item, "Upgrade");
    sim_add_file(s, item, d.quality, d.score);
    webhook_import(s, &d, &item, 1, false);
    add_history(s, HIST_IMPORTED, &d, item, "Unknown");
    mem_free(d.name);
}

/* The server's own second try (autoRedownloadFailed). */
static void search_again(struct sim *s, const struct download *d)
{
    struct command c = {
        .type = command_type_of(s->app, s->app == SIM_SONARR ? "EpisodeSearch" : "MoviesSearch"),
        .has_ids = true,
        .priority = 1,
        .trigger = "unspecified"};
    for (size_t i = 0; i < d->items.n; i++)
        if (sim_item(s, d->items.at[i]))
            vec_push(&c.ids, d->items.at[i]);
    command_post(s, &c);
    command_done(&c);
}

void download_step(struct sim *s, utc_t now)
{
    for (size_t i = 0; i < s->active_downloads.n; i++) {
        int index = s->active_downloads.at[i];
        struct download *d = &s->downloads.at[index];
        if (d->done > now || d->is_stuck)
            continue;
        d->is_stalled = is_on(s, B_downloads_stall);
        d->is_stuck = d->is_stalled || is_on(s, B_imports_stuck);
        if (d->is_stuck) {
            if (!is_old(s) && !d->is_stalled)
                webhook_stuck(s, d);
            return;
        }
        d->is_active = false;
        for (size_t k = 0; k < d->items.n; k++)
            import(s, index, d->items.at[k]);
        if (!d->fails && !is_old(s))
            webhook_import(s, d, d->items.at, d->items.n, true);
        s->active_downloads.at[i] = s->active_downloads.at[--s->active_downloads.n];
        if (d->fails && is_on(s, B_auto_redownload))
            search_again(s, d);
        return;
    }
}

void downloads_restart(struct sim *s, utc_t boot)
{
    for (size_t i = 0; i < s->active_downloads.n; i++) {
        struct download *d = &s->downloads.at[s->active_downloads.at[i]];
        d->done = MAX(d->done, boot + SECONDS(60));
    }
}

void downloads_shift(struct sim *s, ms_t by, bool what_is_written)
{
    for (size_t i = 0; i < s->active_downloads.n; i++) {
        struct download *d = &s->downloads.at[s->active_downloads.at[i]];
        d->grabbed += what_is_written ? by : 0;
        d->visible += by;
        d->done += by;
    }
}
