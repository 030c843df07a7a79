/* search/season.c — when a season is worth one search, and what waits for it. */
#include "search/season.h"

#include "search/cooldown.h"

/* ---- one season ---- */

struct season season_begin(const struct query *q)
{
    return (struct season){.query = q};
}

static void take_first(struct season *s, const struct item *it)
{
    s->item = *it;
    s->item.id = 0;
    s->item.episode = WHOLE_SEASON;
    s->item.episode_title = "";
    s->item.has_file = s->item.is_cutoff_unmet = s->item.has_format_score = false;
    s->item.size = (struct season_size){0};
    s->item.server_searched = INT64_MAX;
}

static bool is_excluded(const struct query *q, const struct item *it)
{
    utc_t until;
    return q->exclusions && exclusions_match(q->exclusions, q->owner, it, &until) != NULL;
}

/* The season was searched, by whomever, when the last of what it lacks was. */
static void note_missing(struct season *s, const struct item *it, const struct item_memory *m)
{
    utc_t ours = m->searched ? m->searched + it->server_ahead : 0;
    s->item.size.missing++;
    s->item.server_searched = MIN(s->item.server_searched, MAX(ours, it->server_searched));
    s->n_guarded += loop_guard_until(m, s->query->now) != 0;
}

void season_add(struct season *s, const struct item *it, const struct item_memory *m)
{
    if (s->item.size.episodes == 0)
        take_first(s, it);
    utc_t day = it->aired / DAYS(1);
    s->item.size.days += s->item.size.episodes == 0 || day != s->last_day;
    s->last_day = day;
    s->item.size.episodes++;
    s->item.aired = MAX(s->item.aired, it->aired);
    s->item.added = MAX(s->item.added, it->added);
    s->item.is_monitored &= it->is_monitored;
    s->searched = MAX(s->searched, it->server_searched);
    s->n_out += it->aired && it->aired <= s->query->now;
    s->n_monitored += it->is_monitored;
    s->is_open |= m->is_open;
    s->n_excluded += is_excluded(s->query, it);
    s->n_downloading += query_is_downloading(s->query, it);
    if (!it->has_file)
        note_missing(s, it, m);
}

void season_remember(struct season *s, const struct item_memory *m)
{
    s->memory = *m;
    s->memory.is_open |= s->is_open;
    if (s->item.size.missing == 0)
        s->item.server_searched = 0;
}

bool season_goes_first(const struct season *s)
{
    bool was_in_vain = s->memory.last == VERDICT_NOTHING &&
                       s->query->queue->season_packs->fallback == FALLBACK_EPISODES;
    return !was_in_vain ||
           query_judge(s->query, &s->item, &s->memory).reason != REASON_cooling_down;
}

/* ---- the seasons that go first ---- */

static int compare(const struct pack_key *a, const struct item *b)
{
    if (a->title_id != b->title_id)
        return a->title_id < b->title_id ? -1 : 1;
    return (a->season > b->season) - (a->season < b->season);
}

/* Where it is, or belongs. */
static size_t place(const struct packs *p, const struct item *it)
{
    size_t from = 0, to = p->keys.n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare(&p->keys.at[middle], it) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* They come in order: nearly always the last place. */
void packs_add(struct packs *p, const struct season *s)
{
    size_t at = place(p, &s->item);
    struct pack_key key = {
        .title_id = s->item.title_id,
        .season = s->item.season,
        .is_due = query_judge(s->query, &s->item, &s->memory).reason == REASON_selected,
    };
    vec_push(&p->keys, key);
    for (size_t i = p->keys.n - 1; i > at; i--)
        p->keys.at[i] = p->keys.at[i - 1];
    p->keys.at[at] = key;
}

const struct pack_key *packs_find(const struct packs *p, const struct item *episode)
{
    size_t at = place(p, episode);
    bool is_there = at < p->keys.n && compare(&p->keys.at[at], episode) == 0;
    return is_there ? &p->keys.at[at] : NULL;
}

void packs_done(struct packs *p)
{
    vec_done(&p->keys);
}
