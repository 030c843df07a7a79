/* store/scores.c — what the files of movies are worth by their custom formats: whose must be read,
 * and what was read. Episodes bring theirs along. */
#include "store/library.h"
#include "store/stmt.h"

/* The ids a statement answers; ?3 is `from`. */
static bool ids(struct store *s, enum sql sql, const char *instance, int64_t generation,
                int64_t from, size_t max, int64_t ret[], size_t *ret_n, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bool is_row = true;
    bind_text(&q, instance);
    bind_int(&q, generation);
    bind_int(&q, from);
    bind_int(&q, (int64_t)max);
    for (*ret_n = 0; *ret_n < max; ++*ret_n) {
        if (!stmt_row(&q, &is_row, e))
            return false;
        if (!is_row)
            return true;
        ret[*ret_n] = col_int(&q, 0);
    }
    return true;
}

bool scores_stale(struct store *s, const char *instance, int64_t generation, int64_t after,
                  size_t max, int64_t ret[], size_t *ret_n, struct err *e)
{
    return ids(s, SQL_scores_stale, instance, generation, after, max, ret, ret_n, e);
}

bool scores_oldest(struct store *s, const char *instance, int64_t generation, utc_t before,
                   size_t max, int64_t ret[], size_t *ret_n, struct err *e)
{
    return ids(s, SQL_scores_oldest, instance, generation, before, max, ret, ret_n, e);
}

bool score_put(struct store *s, const char *instance, int64_t movie_id, int score, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_score_put);
    bind_text(&q, instance);
    bind_int(&q, movie_id);
    bind_int(&q, score);
    return stmt_run(&q, e);
}
