/* store/library.c — writing what a sync reads: titles and items by generation, small lists as a
 * whole. */
#include "store/library.h"

#include "base/arena.h"
#include "base/mem.h"
#include "store/names.h"
#include "store/shelf.h"
#include "store/stmt.h"

/* ---- a generation ---- */

bool library_begin(struct store *s, const char *instance, int64_t *ret_generation, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    bool is_row = false;
    if (!tx_join(s, &tx, e) || !instance_ensure(s, instance, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_begin);
    bind_text(&q, instance);
    if (!stmt_row(&q, &is_row, e))
        return false;
    int64_t generation = is_row ? col_int(&q, 0) : 0;
    stmt_done(&q);
    if (!tx_commit(&tx, e))
        return false;
    *ret_generation = generation;
    return true;
}

static bool run_generation(struct store *s, enum sql sql, const char *instance, int64_t generation,
                           struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, instance);
    bind_int(&q, generation);
    return stmt_run(&q, e);
}

static bool note_archived(struct store *s, const char *instance, int64_t n, struct err *e)
{
    return n == 0 || run_generation(s, SQL_library_archived, instance, n, e);
}

static bool archive_titles(struct store *s, const char *instance, int64_t generation, utc_t at,
                           struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_titles_archive);
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_int(&q, at);
    return stmt_run(&q, e);
}

static bool archive_items(struct store *s, const char *instance, int64_t generation, utc_t at,
                          struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_items_archive);
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_int(&q, at);
    return stmt_run(&q, e) && note_archived(s, instance, stmt_changes(&q), e);
}

static bool record_sync(struct store *s, const char *instance, utc_t at, struct library_counts *ret,
                        struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_end);
    bool is_row = false;
    bind_text(&q, instance);
    bind_int(&q, at);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = (struct library_counts){
        .archived = col_int(&q, 0), .titles = col_int(&q, 1), .items = col_int(&q, 2)};
    return true;
}

bool library_end(struct store *s, const char *instance, int64_t generation, utc_t at,
                 struct library_counts *ret, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    struct library_counts counts = {0};
    if (!tx_join(s, &tx, e) || !archive_titles(s, instance, generation, at, e) ||
        !archive_items(s, instance, generation, at, e) ||
        !record_sync(s, instance, at, &counts, e) || !tx_commit(&tx, e))
        return false;
    *ret = counts;
    return true;
}

bool library_synced(struct store *s, const char *instance, utc_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_synced);
    bind_text(&q, instance);
    return stmt_int(&q, ret, e);
}

/* ---- titles ---- */

bool title_put(struct store *s, const char *instance, const struct title *t, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_title_put);
    bind_text(&q, instance);
    bind_int(&q, t->id);
    bind_int(&q, t->tvdb_id);
    bind_int(&q, t->tmdb_id);
    bind_text(&q, t->imdb_id);
    bind_text(&q, t->title);
    bind_text(&q, t->sort_title);
    bind_int(&q, t->year);
    bind_text(&q, status_names[t->status]);
    bind_text(&q, series_type_names[t->type]);
    bind_int(&q, t->is_monitored);
    bind_int(&q, t->quality_profile_id);
    bind_text(&q, t->tags);
    bind_text(&q, t->genres);
    bind_int(&q, t->runtime);
    bind_int(&q, t->added);
    bind_text(&q, t->fingerprint);
    bind_int(&q, MAX(t->n_titles, 1));
    return stmt_run(&q, e);
}

static bool note_seen(struct store *s, const char *instance, int64_t generation, int64_t id,
                      struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_title_seen);
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_int(&q, id);
    return stmt_run(&q, e);
}

bool titles_seen(struct store *s, const char *instance, int64_t generation, const int64_t ids[],
                 size_t n, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_join(s, &tx, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!note_seen(s, instance, generation, ids[i], e))
            return false;
    return tx_commit(&tx, e);
}

bool title_stale(struct store *s, const char *instance, int64_t generation, struct arena *arena,
                 struct title *ret, bool *ret_found, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_title_stale);
    bind_text(&q, instance);
    bind_int(&q, generation);
    if (!stmt_row(&q, ret_found, e))
        return false;
    if (*ret_found)
        *ret = title_read(&q, arena);
    return true;
}

bool title_oldest(struct store *s, const char *instance, int64_t generation, utc_t before,
                  struct arena *arena, struct title *ret, bool *ret_found, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_title_oldest);
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_int(&q, before);
    if (!stmt_row(&q, ret_found, e))
        return false;
    if (*ret_found)
        *ret = title_read(&q, arena);
    return true;
}

static bool archive_of(struct store *s, enum sql sql, const char *instance, int64_t generation,
                       int64_t id, utc_t at, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_int(&q, id);
    bind_int(&q, at);
    return stmt_run(&q, e) && note_archived(s, instance, stmt_changes(&q), e);
}

bool title_fetched(struct store *s, const char *instance, int64_t generation, int64_t id, utc_t at,
                   struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_join(s, &tx, e) ||
        !archive_of(s, SQL_title_archive_unseen, instance, generation, id, at, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_title_fetched);
    bind_text(&q, instance);
    bind_int(&q, id);
    bind_int(&q, at);
    return stmt_run(&q, e) && tx_commit(&tx, e);
}

bool title_gone(struct store *s, const char *instance, int64_t generation, int64_t id, utc_t at,
                struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_join(s, &tx, e) ||
        !archive_of(s, SQL_title_archive_items, instance, generation, id, at, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_title_gone);
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_int(&q, id);
    bind_int(&q, at);
    return stmt_run(&q, e) && tx_commit(&tx, e);
}

/* ---- items ---- */

static void bind_movie_dates(struct stmt *q, const struct item *it)
{
    bind_int(q, it->is_available);
    bind_int(q, it->in_cinemas);
    bind_int(q, it->digital);
    bind_int(q, it->physical);
}

static void bind_score(struct stmt *q, const struct item *it)
{
    if (it->has_format_score)
        bind_int(q, it->format_score);
    else
        bind_optional(q, NULL);
}

bool item_put(struct store *s, const char *instance, int64_t generation, const struct item *it,
              struct err *e)
{
    char identity[ITEM_IDENTITY];
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_item_put);
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_text(&q, item_kind_names[it->kind]);
    bind_int(&q, it->id);
    bind_int(&q, it->title_id);
    bind_text(&q, item_identity(it, identity));
    bind_int(&q, it->season);
    bind_int(&q, it->episode);
    bind_text(&q, it->episode_title);
    bind_int(&q, it->is_monitored);
    bind_int(&q, it->has_file);
    bind_int(&q, it->is_cutoff_unmet);
    bind_int(&q, it->is_upgrade_allowed);
    bind_int(&q, it->aired);
    bind_int(&q, it->added);
    bind_movie_dates(&q, it);
    bind_int(&q, it->server_searched);
    bind_int(&q, it->series_aired_episodes);
    bind_int(&q, it->n_titles);
    bind_int(&q, item_released(it));
    bind_score(&q, it);
    return stmt_run(&q, e);
}

/* ---- profiles and tags ---- */

static bool clear(struct store *s, enum sql sql, const char *instance, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, instance);
    return instance_ensure(s, instance, e) && stmt_run(&q, e);
}

static bool add_profile(struct store *s, const char *instance, const struct stored_profile *p,
                        struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_profile_add);
    bind_text(&q, instance);
    bind_int(&q, p->id);
    bind_text(&q, p->name);
    bind_int(&q, p->is_upgrade_allowed);
    bind_int(&q, p->cutoff_score);
    bind_text(&q, p->fingerprint);
    return stmt_run(&q, e);
}

static bool is_changed(struct store *s, const char *instance, const struct stored_profile *p,
                       bool *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_profile_changed);
    bind_text(&q, instance);
    bind_int(&q, p->id);
    bind_text(&q, p->fingerprint);
    return stmt_row(&q, ret, e);
}

/* What files are worth may have changed with it. */
static bool reread_if_changed(struct store *s, const char *instance, const struct stored_profile *p,
                              struct err *e)
{
    bool is_other = false;
    if (!is_changed(s, instance, p, &is_other, e))
        return false;
    if (!is_other)
        return true;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_profile_reread);
    bind_text(&q, instance);
    bind_int(&q, p->id);
    return stmt_run(&q, e);
}

bool profiles_replace(struct store *s, const char *instance, const struct stored_profile *p,
                      size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (!reread_if_changed(s, instance, &p[i], e))
            return false;
    if (!clear(s, SQL_profiles_clear, instance, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_profile(s, instance, &p[i], e))
            return false;
    return true;
}

static bool add_tag(struct store *s, const char *instance, const struct stored_tag *t,
                    struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_tag_add);
    bind_text(&q, instance);
    bind_int(&q, t->id);
    bind_text(&q, t->label);
    return stmt_run(&q, e);
}

bool tags_replace(struct store *s, const char *instance, const struct stored_tag *t, size_t n,
                  struct err *e)
{
    if (!clear(s, SQL_tags_clear, instance, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_tag(s, instance, &t[i], e))
            return false;
    return true;
}

bool instance_ahead(struct store *s, const char *instance, ms_t ahead, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_instance_ahead);
    bind_text(&q, instance);
    bind_int(&q, ahead);
    return stmt_run(&q, e);
}

/* ---- totals ---- */

bool library_last_synced(struct store *s, utc_t *ret, struct err *e)
{
    return sql_int(s, SQL_library_last_synced, ret, e);
}

bool library_each(struct store *s, void (*row)(void *ctx, const struct library_summary *l),
                  void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_each);
    bind_int(&q, store_now(s));
    while (stmt_next(&q, e)) {
        struct library_summary l = {
            .instance = col_text(&q, 0),
            .synced = col_int(&q, 1),
            .titles = col_int(&q, 2),
            .items = col_int(&q, 3),
            .with_file = col_int(&q, 4),
            .missing = col_int(&q, 5),
            .cutoff_unmet = col_int(&q, 6),
            .drift = col_int(&q, 7),
        };
        row(ctx, &l);
    }
    return stmt_ended(&q);
}
