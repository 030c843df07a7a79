/* arrsim/library.c — titles, items and files of a server, and what is wanted of them. Ids count
 * from 1 and are never used again. */
#include "arrsim/model.h"

#include "base/str.h"

int sim_add_title(struct sim *s, const struct sim_title *like)
{
    struct sim_title t = *like;
    t.id = (int)s->titles.n + 1;
    t.name = arena_strdup(s->mem, like->name ? like->name : "");
    t.path = arena_strdup(s->mem, like->path);
    t.status = arena_strdup(s->mem, like->status ? like->status : "ended");
    t.imdb = arena_strdup(s->mem, like->imdb);
    t.genre = arena_strdup(s->mem, like->genre);
    t.seasons.at = NULL;
    t.seasons.n = t.seasons.cap = 0;
    t.items.at = NULL;
    t.items.n = t.items.cap = 0;
    if (!t.profile)
        t.profile = 1;
    if (!t.min_availability)
        t.min_availability = "released";
    for (size_t i = 0; i < like->seasons.n; i++)
        vec_push(&t.seasons, like->seasons.at[i]);
    vec_push(&s->titles, t);
    if (s->app == SIM_RADARR)
        sim_add_item(s, &(struct sim_item){.title = t.id, .is_monitored = t.is_monitored});
    return t.id;
}

static void add_season(struct sim_title *t, int number)
{
    for (size_t i = 0; i < t->seasons.n; i++)
        if (t->seasons.at[i].number == number)
            return;
    vec_push(&t->seasons, (struct sim_season){.number = number, .is_monitored = number > 0});
}

int sim_add_item(struct sim *s, const struct sim_item *like)
{
    struct sim_item it = *like;
    struct sim_title *t = &s->titles.at[like->title - 1];
    it.id = (int)s->items.n + 1;
    it.name = arena_strdup(s->mem, like->name);
    vec_push(&s->items, it);
    vec_push(&t->items, it.id);
    if (s->app == SIM_SONARR)
        add_season(t, it.season);
    return it.id;
}

int sim_add_file(struct sim *s, int item, int quality, int score)
{
    struct sim_item *it = sim_item(s, item);
    int id = (int)s->files.n + 1;
    vec_push(&s->files, (struct sim_file){
                            .id = id,
                            .title = it->title,
                            .season = it->season,
                            .quality = quality,
                            .score = score,
                            .size = 300000000 + (int64_t)sim_draw(s, 31, (uint64_t)id, 4000000000),
                            .added = s->now});
    it->file = id;
    return id;
}

int sim_add_tag(struct sim *s, const char *label)
{
    vec_push(&s->tags, arena_strdup(s->mem, label));
    return (int)s->tags.n;
}

struct sim_title *sim_title(struct sim *s, int id)
{
    if (id < 1 || (size_t)id > s->titles.n || s->titles.at[id - 1].is_gone)
        return NULL;
    return &s->titles.at[id - 1];
}

struct sim_item *sim_item(struct sim *s, int id)
{
    if (id < 1 || (size_t)id > s->items.n || s->items.at[id - 1].is_gone)
        return NULL;
    return &s->items.at[id - 1];
}

struct sim_file *sim_file(struct sim *s, int id)
{
    if (id < 1 || (size_t)id > s->files.n || s->files.at[id - 1].is_gone)
        return NULL;
    return &s->files.at[id - 1];
}

void sim_remove_file(struct sim *s, int item)
{
    struct sim_item *it = sim_item(s, item);
    struct sim_file *f = it ? sim_file(s, it->file) : NULL;
    if (f)
        f->is_gone = true;
    if (it)
        it->file = 0;
}

void sim_remove_title(struct sim *s, int id)
{
    struct sim_title *t = sim_title(s, id);
    if (!t)
        return;
    for (size_t i = 0; i < t->items.n; i++) {
        sim_remove_file(s, t->items.at[i]);
        s->items.at[t->items.at[i] - 1].is_gone = true;
    }
    t->is_gone = true;
    webhook_title(s, id, s->app == SIM_SONARR ? "SeriesDelete" : "MovieDelete");
}

void sim_return_title(struct sim *s, int id)
{
    struct sim_title *t = &s->titles.at[id - 1];
    t->is_gone = false;
    for (size_t i = 0; i < t->items.n; i++)
        s->items.at[t->items.at[i] - 1].is_gone = false;
}

void sim_tell_added(struct sim *s, int id)
{
    webhook_title(s, id, s->app == SIM_SONARR ? "SeriesAdd" : "MovieAdded");
}

int sim_add_again(struct sim *s, int id)
{
    struct sim_title like = s->titles.at[id - 1];
    size_t n = like.items.n;
    sim_remove_title(s, id);
    like.is_gone = false;
    like.seasons.n = 0;
    int again = sim_add_title(s, &like);
    for (size_t i = 0; i < n && s->app == SIM_SONARR; i++) {
        struct sim_item it = s->items.at[s->titles.at[id - 1].items.at[i] - 1];
        it.title = again;
        it.is_gone = false;
        it.file = it.download = 0;
        it.last_search = 0;
        sim_add_item(s, &it);
    }
    sim_tell_added(s, again);
    return again;
}

/* Radarr: when the movie counts as available; 0: never (Movies/Movie.cs, IsAvailable). */
static utc_t available_from(const struct sim_title *t)
{
    if (str_eq(t->min_availability, "announced"))
        return 1;
    if (str_eq(t->min_availability, "inCinemas"))
        return t->cinemas;
    if (t->physical && t->digital)
        return MIN(t->physical, t->digital);
    if (t->physical || t->digital)
        return MAX(t->physical, t->digital);
    return t->cinemas ? t->cinemas + DAYS(90) : 0;
}

bool sim_is_released(struct sim *s, const struct sim_item *it)
{
    const struct sim_title *t = &s->titles.at[it->title - 1];
    if (s->app == SIM_RADARR) {
        utc_t from = available_from(t);
        return from && from <= s->now;
    }
    return it->air_form == SIM_AIR_FULL && it->air + MINUTES(t->runtime) <= s->now;
}

bool sim_is_wanted(struct sim *s, const struct sim_item *it)
{
    const struct sim_title *t = &s->titles.at[it->title - 1];
    if (it->is_gone || it->file || !it->is_monitored || !t->is_monitored)
        return false;
    return s->app == SIM_RADARR ? t->year > 0 : sim_is_released(s, it);
}

bool sim_is_below_cutoff(struct sim *s, const struct sim_item *it)
{
    const struct sim_file *f = sim_file(s, it->file);
    const struct sim_title *t = &s->titles.at[it->title - 1];
    const struct profile *p = profile_of(t->profile);
    if (!f || !p)
        return false;
    int cutoff = p->is_upgrade_allowed ? p->cutoff : p->lowest;
    return quality_rank(f->quality) < quality_rank(cutoff);
}

size_t sim_count_wanted(struct sim *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->items.n; i++)
        n += sim_is_wanted(s, &s->items.at[i]);
    return n;
}
