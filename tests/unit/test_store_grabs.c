/* What becomes of grabs: which search an import belongs to, and what it means for its item. */
#include "unit/store_attempts.h"

#include "store/grabs.h"

static int64_t grabbed_at(struct state *t, utc_t when, const char *download)
{
    bool is_done = false;
    const char *const downloads[] = {download};
    struct attempt a = attempt_at(when);
    a.server_date = when - HOURS(1); /* the server's clock is behind */
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    a.judged = when + MINUTES(1);
    a.verdict = VERDICT_GRABBED;
    a.grabs = 1;
    a.downloads = downloads;
    a.n_downloads = 1;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    assert_true(is_done);
    return a.id;
}

/* The id of the search it ended; 0: none of ours. */
static int64_t became(struct state *t, const char *download, int64_t item, enum grab_became what,
                      utc_t at)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct grab_end end = {
        .kind = ITEM_EPISODE, .item_id = item, .download = download, .became = what, .at = at};
    struct attempt a = {0};
    bool is_found = false;
    OK(t, grab_ended(t->store, "tv", &end, arena, &a, &is_found, &t->e));
    return is_found ? a.id : 0;
}

static int64_t ended(struct state *t, const char *download, int64_t item, bool is_import)
{
    return became(t, download, item, is_import ? GRAB_IMPORTED : GRAB_FAILED, NOON + HOURS(5));
}

static int64_t deleted(struct state *t, int64_t item, utc_t at)
{
    return became(t, "", item, GRAB_DELETED, at);
}

static utc_t watched_from(struct state *t, utc_t now)
{
    utc_t from = -1;
    OK(t, grabs_watch_from(t->store, "tv", now, &from, &t->e));
    return from;
}

static void an_end_belongs_to_the_search_that_grabbed_it(void **state)
{
    struct state *t = *state;
    add_item(t);
    int64_t first = grabbed_at(t, NOON, "AAA"), second = grabbed_at(t, NOON + HOURS(1), "BBB");
    assert_int_equal(ended(t, "CCC", 10, true), 0); /* somebody else's */
    assert_int_equal(ended(t, "", 10, true), 0);
    assert_int_equal(ended(t, "AAA", 11, true), 0); /* another episode of the same download */
    assert_int_equal(ended(t, "AAA", 10, true), first);
    assert_int_equal(ended(t, "AAA", 10, true), 0); /* once */
    assert_int_equal(ended(t, "BBB", 10, false), second);
}

static void without_ids_the_newest_search_is_meant(void **state)
{
    struct state *t = *state;
    add_item(t);
    int64_t first = grabbed_at(t, NOON, ""), second = grabbed_at(t, NOON + HOURS(1), "");
    assert_int_equal(ended(t, "AAA", 10, true), 0);
    assert_int_equal(ended(t, "", 10, true), second);
    assert_int_equal(ended(t, "", 10, true), first);
}

static void history_is_read_while_a_grab_is_open(void **state)
{
    struct state *t = *state;
    add_item(t);
    assert_int_equal(watched_from(t, NOON), 0);
    grabbed_at(t, NOON, "AAA");
    grabbed_at(t, NOON + HOURS(2), "BBB");
    assert_int_equal(watched_from(t, NOON + HOURS(3)), NOON - HOURS(1));
    OK(t, grabs_watched(t->store, "tv", NOON + HOURS(1), &t->e));
    assert_int_equal(watched_from(t, NOON + HOURS(3)), NOON + HOURS(1));
    OK(t, grabs_watched(t->store, "tv", NOON, &t->e)); /* never back */
    assert_int_equal(watched_from(t, NOON + HOURS(3)), NOON + HOURS(1));
    ended(t, "AAA", 10, true);
    assert_int_equal(watched_from(t, NOON + HOURS(3)), NOON + HOURS(1));
    assert_int_equal(watched_from(t, NOON + HOURS(2) + DAYS(31)), 0); /* given up */
    ended(t, "BBB", 10, false);
    assert_int_equal(watched_from(t, NOON + HOURS(3)), 0);
}

static void what_waits_for_a_person_may_be_imported_yet(void **state)
{
    struct state *t = *state;
    const utc_t at = NOON + HOURS(3);
    add_item(t);
    int64_t first = grabbed_at(t, NOON, "AAA"), second = grabbed_at(t, NOON + HOURS(1), "BBB");
    assert_int_equal(became(t, "AAA", 10, GRAB_STUCK, at), first);
    assert_int_equal(became(t, "AAA", 10, GRAB_STUCK, at), 0); /* known */
    assert_int_not_equal(watched_from(t, at), 0);
    assert_int_equal(ended(t, "AAA", 10, true), first);
    assert_int_equal(became(t, "BBB", 10, GRAB_STUCK, at), second);
    assert_int_equal(ended(t, "BBB", 10, false), 0); /* known, and over */
    assert_int_equal(watched_from(t, at), 0);
    assert_int_equal(ended(t, "BBB", 10, true), 0);
}

static void what_is_deleted_was_the_newest_import(void **state)
{
    struct state *t = *state;
    const utc_t imported = NOON + HOURS(5);
    add_item(t);
    int64_t first = grabbed_at(t, NOON, "AAA");
    assert_int_equal(deleted(t, 10, imported + HOURS(1)), 0); /* not imported yet */
    assert_int_equal(ended(t, "AAA", 10, true), first);
    assert_int_equal(deleted(t, 10, imported - HOURS(1)), 0); /* the file before it */
    assert_int_equal(deleted(t, 11, imported + HOURS(1)), 0);
    assert_int_equal(deleted(t, 10, imported + DAYS(31)), 0);
    assert_int_equal(deleted(t, 10, imported + DAYS(29)), first);
    assert_int_equal(deleted(t, 10, imported + DAYS(29)), 0); /* once */
}

struct sums {
    int64_t grabbed, imported;
};

static void add_up(void *ctx, const struct rollup *r)
{
    struct sums *x = ctx;
    x->grabbed += r->grabbed;
    x->imported += r->imported;
}

static void only_an_import_is_a_success(void **state)
{
    struct state *t = *state;
    struct sums x = {0};
    add_item(t);
    grabbed_at(t, NOON, "AAA");
    grabbed_at(t, NOON + HOURS(1), "BBB");
    assert_int_equal(memory_in(t, "tv").n_grabs, 2);
    ended(t, "BBB", 10, false);
    assert_int_equal(memory_in(t, "tv").n_grabs, 2);
    OK(t, rollups_total(t->store, add_up, &x, &t->e));
    assert_int_equal(x.imported, 0);
    ended(t, "AAA", 10, true);
    assert_int_equal(memory_in(t, "tv").n_grabs, 0);
    x = (struct sums){0};
    OK(t, rollups_total(t->store, add_up, &x, &t->e));
    assert_int_equal(x.grabbed, 2);
    assert_int_equal(x.imported, 1);
}

/* A search in vain before the import lengthens no cooldown after it. */
static void an_import_forgets_what_was_in_vain(void **state)
{
    struct state *t = *state;
    add_item(t);
    grabbed_at(t, NOON, "AAA");
    judged_at(t, NOON + HOURS(1), VERDICT_NOTHING);
    assert_int_equal(memory_in(t, "tv").n_nothing, 1);
    ended(t, "AAA", 10, true);
    assert_int_equal(memory_in(t, "tv").n_nothing, 0);
    assert_int_equal(memory_in(t, "tv").n_searches, 2);
}

/* … also one that nobody searched for; but not what was in vain after it. */
static void so_does_an_import_of_somebody_else(void **state)
{
    struct state *t = *state;
    add_item(t);
    judged_at(t, NOON, VERDICT_NOTHING);
    judged_at(t, NOON + HOURS(2), VERDICT_NOTHING);
    assert_int_equal(became(t, "RSS", 10, GRAB_IMPORTED, NOON + HOURS(1)), 0);
    assert_int_equal(memory_in(t, "tv").n_nothing, 2);
    assert_int_equal(became(t, "RSS", 11, GRAB_IMPORTED, NOON + HOURS(3)), 0); /* another one */
    assert_int_equal(became(t, "RSS", 10, GRAB_FAILED, NOON + HOURS(3)), 0);
    assert_int_equal(memory_in(t, "tv").n_nothing, 2);
    assert_int_equal(became(t, "RSS", 10, GRAB_IMPORTED, NOON + HOURS(3)), 0);
    assert_memory(t, "its searches stay", "2 nothing 2/0/0 - 0 -");
}

/* Whoever did not hear of the import sees the file. */
static void so_does_a_file_where_none_was(void **state)
{
    struct state *t = *state;
    add_item(t);
    judged_at(t, NOON, VERDICT_NOTHING);
    add_item(t);
    assert_int_equal(memory_in(t, "tv").n_nothing, 1);
    read_item(t, true);
    assert_memory(t, "a file", "0 nothing 1/0/0 - 0 -");
    judged_at(t, NOON + HOURS(1), VERDICT_NOTHING); /* for a better one */
    read_item(t, true);
    assert_int_equal(memory_in(t, "tv").n_nothing, 1);
    read_item(t, false);
    assert_int_equal(memory_in(t, "tv").n_nothing, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_end_belongs_to_the_search_that_grabbed_it),
        TEST(without_ids_the_newest_search_is_meant),
        TEST(history_is_read_while_a_grab_is_open),
        TEST(what_waits_for_a_person_may_be_imported_yet),
        TEST(what_is_deleted_was_the_newest_import),
        TEST(only_an_import_is_a_success),
        TEST(an_import_forgets_what_was_in_vain),
        TEST(so_does_an_import_of_somebody_else),
        TEST(so_does_a_file_where_none_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
