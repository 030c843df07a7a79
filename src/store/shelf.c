/* store/shelf.c — filling in what an item has from its title, its server's lists and its past. */
#include "store/shelf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum { LABELS_BYTES = 16 * 1024 };

/* ---- columns ---- */

struct title title_read(struct stmt *q, struct arena *arena)
{
    struct title t = {
        .id = col_int(q, 0),
        .tvdb_id = col_int(q, 1),
        .tmdb_id = col_int(q, 2),
        .imdb_id = arena_strdup(arena, col_text(q, 3)),
        .title = arena_strdup(arena, col_text(q, 4)),
        .sort_title = arena_strdup(arena, col_text(q, 5)),
        .year = (int)col_int(q, 6),
        .status = (enum status)col_word(q, 7, status_names, STATUS_N),
        .type = (enum series_type)col_word(q, 8, series_type_names, SERIES_TYPE_N),
        .is_monitored = col_bool(q, 9),
        .quality_profile_id = col_int(q, 10),
        .tags = arena_strdup(arena, col_text(q, 11)),
        .genres = arena_strdup(arena, col_text(q, 12)),
        .runtime = col_int(q, 13),
        .added = col_int(q, 14),
        .n_titles = (int)col_int(q, 16),
    };
    const char *fingerprint = col_text(q, 15);
    memcpy(t.fingerprint, fingerprint, strnlen(fingerprint, sizeof t.fingerprint - 1));
    return t;
}

struct item_memory memory_read(struct stmt *q, int at)
{
    return (struct item_memory){
        .searched = col_int(q, at),
        .last = (enum verdict)col_word(q, at + 1, verdict_names, VERDICT_N),
        .n_searches = (int)col_int(q, at + 2),
        .n_nothing = (int)col_int(q, at + 3),
        .n_soft_failures = (int)col_int(q, at + 4),
        .soft_failed = col_int(q, at + 5),
        .n_grabs = (int)col_int(q, at + 6),
        .grabbed = col_int(q, at + 7),
    };
}

struct item_memory memory_read_all(struct stmt *q, int at)
{
    struct item_memory m = memory_read(q, at);
    m.title_finds = col_millionths(q, at + MEMORY_COLUMNS);
    m.title_expected = col_millionths(q, at + MEMORY_COLUMNS + 1);
    m.retried = col_int(q, at + MEMORY_COLUMNS + 2);
    m.uncounted = col_int(q, at + MEMORY_COLUMNS + 3);
    return m;
}

static struct item read_item(struct stmt *q)
{
    return (struct item){
        .kind = (enum item_kind)col_word(q, 0, item_kind_names, ITEM_KIND_N),
        .id = col_int(q, 1),
        .title_id = col_int(q, 2),
        .season = (int)col_int(q, 3),
        .episode = (int)col_int(q, 4),
        .episode_title = col_text(q, 5),
        .is_monitored = col_bool(q, 6),
        .has_file = col_bool(q, 7),
        .is_cutoff_unmet = col_bool(q, 8),
        .is_upgrade_allowed = col_bool(q, 9),
        .aired = col_int(q, 10),
        .added = col_int(q, 11),
        .is_available = col_bool(q, 12),
        .in_cinemas = col_int(q, 13),
        .digital = col_int(q, 14),
        .physical = col_int(q, 15),
        .server_searched = col_int(q, 16),
        .series_aired_episodes = col_int(q, 17),
        .n_titles = (int)col_int(q, 18),
        .has_format_score = !col_is_null(q, 19),
        .format_score = (int)col_int(q, 19),
    };
}

/* ---- the server's lists ---- */

static bool find_instance(struct shelf *h, const char *name, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(h->store, SQL_instance_shelf);
    bool is_row = false;
    bind_text(&q, name);
    if (!stmt_row(&q, &is_row, e))
        return false;
    h->instance = is_row ? col_int(&q, 0) : 0;
    h->ahead = is_row ? col_int(&q, 1) : 0;
    return true;
}

static void add_profile(struct shelf *h, struct stmt *q)
{
    vec_push(&h->profiles, (struct stored_profile){.id = col_int(q, 0),
                                                   .name = arena_strdup(h->own, col_text(q, 1)),
                                                   .is_upgrade_allowed = col_bool(q, 2),
                                                   .cutoff_score = col_int(q, 3)});
}

static void add_tag(struct shelf *h, struct stmt *q)
{
    struct stored_tag t = {.id = col_int(q, 0)};
    char *label = arena_strdup(h->own, col_text(q, 1));
    for (char *p = label; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    t.label = label;
    vec_push(&h->tags, t);
}

static void add_open(struct shelf *h, struct stmt *q)
{
    vec_push(&h->open, arena_strdup(h->own, col_text(q, 0)));
}

static bool load(struct shelf *h, enum sql sql, void (*add)(struct shelf *h, struct stmt *q),
                 struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(h->store, sql);
    bind_int(&q, h->instance);
    while (stmt_next(&q, e))
        add(h, &q);
    return stmt_ended(&q);
}

bool shelf_init(struct shelf *h, struct store *s, const char *instance, struct arena *titles,
                struct err *e)
{
    *h = (struct shelf){.store = s, .own = arena_new(), .keeps_titles = titles != NULL};
    h->page = titles ? titles : arena_new();
    return find_instance(h, instance, e) && load(h, SQL_profiles_of, add_profile, e) &&
           load(h, SQL_tags_of, add_tag, e) && load(h, SQL_open_identities, add_open, e);
}

void shelf_done(struct shelf *h)
{
    arena_free(h->own);
    if (!h->keeps_titles)
        arena_free(h->page);
    vec_done(&h->profiles);
    vec_done(&h->tags);
    vec_done(&h->open);
    *h = (struct shelf){0};
}

/* ---- titles ---- */

static const char *label_of(const struct shelf *h, int64_t id)
{
    for (size_t i = 0; i < h->tags.n; i++)
        if (h->tags.at[i].id == id)
            return h->tags.at[i].label;
    return NULL;
}

/* " 1 4 7 " becomes "|anime|kids|"; ids without a label are left out. */
static const char *labels_of(const struct shelf *h, const char *ids)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, LABELS_BYTES);
    char *end = NULL;
    for (const char *p = ids; *p; p = end) {
        int64_t id = strtoll(p, &end, 10);
        if (end == p)
            break;
        const char *label = label_of(h, id);
        if (label)
            buf_printf(&b, "%s%s|", b.n > 0 ? "" : "|", label);
    }
    return arena_strdup(h->page, b.at);
}

static const struct stored_profile *profile_of(const struct shelf *h, int64_t id)
{
    for (size_t i = 0; i < h->profiles.n; i++)
        if (h->profiles.at[i].id == id)
            return &h->profiles.at[i];
    return NULL;
}

static bool turn_to(struct shelf *h, int64_t title_id, struct err *e)
{
    if (h->title.title && h->title.id == title_id)
        return true;
    CLEANUP(stmt_done) struct stmt q = stmt_of(h->store, SQL_title_find);
    bool is_row = false;
    bind_int(&q, h->instance);
    bind_int(&q, title_id);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (!is_row)
        return err_set(e, ERR_DB, "an item of '%s' has lost its title %lld; sync again",
                       h->store->path, (long long)title_id);
    if (!h->keeps_titles)
        arena_reset(h->page);
    h->title = title_read(&q, h->page);
    h->labels = labels_of(h, h->title.tags);
    h->profile = profile_of(h, h->title.quality_profile_id);
    h->profile_name = h->profile ? arena_strdup(h->page, h->profile->name) : "";
    return true;
}

/* ---- items ---- */

static void lend_title(const struct shelf *h, struct item *it)
{
    const struct title *t = &h->title;
    it->tvdb_id = t->tvdb_id;
    it->tmdb_id = t->tmdb_id;
    it->imdb_id = t->imdb_id;
    it->title = t->title;
    it->sort_title = t->sort_title;
    it->year = t->year;
    it->status = t->status;
    it->type = t->type;
    it->quality_profile_id = t->quality_profile_id;
    it->quality_profile = h->profile_name;
    it->tags = h->labels;
    it->genres = t->genres;
    if (h->profile) {
        it->is_upgrade_allowed = h->profile->is_upgrade_allowed;
        it->cutoff_format_score = (int)h->profile->cutoff_score;
    }
}

static bool is_open(const struct shelf *h, const char *identity)
{
    for (size_t i = 0; i < h->open.n; i++)
        if (str_eq(h->open.at[i], identity))
            return true;
    return false;
}

/* A search of its season is one of the episode. */
static bool is_season_open(const struct shelf *h, const struct item *it)
{
    char identity[ITEM_IDENTITY];
    return h->open.n && it->kind == ITEM_EPISODE && is_open(h, item_season_identity(it, identity));
}

bool shelf_item(struct shelf *h, struct stmt *q, struct item *ret, struct item_memory *ret_memory,
                struct err *e)
{
    *ret = read_item(q);
    ret->server_ahead = h->ahead;
    bool is_being_searched = is_open(h, col_text(q, ITEM_COLUMNS));
    *ret_memory = memory_read_all(q, ITEM_COLUMNS + 1);
    if (!turn_to(h, ret->title_id, e))
        return false;
    lend_title(h, ret);
    ret_memory->is_open = is_being_searched || is_season_open(h, ret);
    return true;
}
