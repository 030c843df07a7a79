/* Libraries by name: order, what is left out, counts, and the end of a reader who has seen enough.
 */
#include "store/browse.h"
#include "unit/store_library.h"

struct reader {
    struct buf *text;
    int left; /* rows wanted */
};

static bool write_title(void *ctx, const struct title_summary *t)
{
    struct reader *r = ctx;
    buf_printf(r->text, "%d %s %s %d/%d/%d;", (int)t->id, t->title, t->quality_profile,
               (int)t->items, (int)t->with_file, (int)t->missing);
    return --r->left > 0;
}

static bool write_item(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    struct reader *r = ctx;
    buf_printf(r->text, "%d %s S%dE%d;", (int)it->id, it->title, it->season, it->episode);
    return --r->left > 0;
}

static void put_series(struct state *t, int64_t g, int64_t id, const char *name, const char *sort)
{
    struct title x = series(id, "f");
    x.title = name;
    x.sort_title = sort;
    OK(t, see_title(t->store, "tv", g, &x, &t->e));
}

static void put_episode(struct state *t, int64_t g, int64_t id, int64_t title, int season,
                        int number)
{
    struct title x = series(title, "f");
    struct item it = episode(id, &x, number);
    it.season = season;
    it.has_file = number == 2;
    it.is_monitored = number != 3;
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
}

/* Two series, the one with the later id first by name; and one that is gone. */
static void fill(struct state *t)
{
    struct library_counts counts;
    int64_t g = begin(t, "tv");
    lists_of_tv(t);
    put_series(t, g, 9, "Gone", "a");
    put_episode(t, g, 90, 9, 1, 1);
    g = begin(t, "tv");
    put_series(t, g, 1, "The Zoo", "zoo");
    put_series(t, g, 2, "An Ant", "ant");
    put_episode(t, g, 14, 1, 2, 1);
    put_episode(t, g, 13, 1, 1, 10);
    put_episode(t, g, 12, 1, 1, 2);
    put_episode(t, g, 11, 1, 1, 3);
    put_episode(t, g, 21, 2, 0, 1);
    OK(t, library_end(t->store, "tv", g, NOON, &counts, &t->e));
}

static void assert_titles(struct state *t, const char *instance, int wanted, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    struct reader r = {&b, wanted};
    OK(t, titles_each(t->store, instance, write_title, &r, &t->e));
    assert_string_equal(b.at, expected);
}

static void assert_items(struct state *t, enum item_kind kind, int wanted, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    struct reader r = {&b, wanted};
    OK(t, items_each(t->store, "tv", kind, write_item, &r, &t->e));
    assert_string_equal(b.at, expected);
}

static void titles_by_name(void **state)
{
    struct state *t = *state;
    fill(t);
    assert_titles(t, "tv", 9, "2 An Ant HD 1/0/1;1 The Zoo HD 4/1/2;");
    assert_titles(t, "tv", 1, "2 An Ant HD 1/0/1;");
    assert_titles(t, "other", 9, "");
}

static void items_by_title_season_and_episode(void **state)
{
    struct state *t = *state;
    fill(t);
    assert_items(
        t, ITEM_EPISODE, 9,
        "21 An Ant S0E1;12 The Zoo S1E2;11 The Zoo S1E3;13 The Zoo S1E10;14 The Zoo S2E1;");
    assert_items(t, ITEM_EPISODE, 2, "21 An Ant S0E1;12 The Zoo S1E2;");
    assert_items(t, ITEM_MOVIE, 9, "");
}

static void write_season(void *ctx, const struct season_summary *x)
{
    buf_printf(ctx, "%d: %d/%d/%d/%d %d;", x->number, (int)x->episodes, (int)x->monitored,
               (int)x->with_file, (int)x->missing, (int)(x->last == NOON - DAYS(3)));
}

static void one_title_with_its_seasons(void **state)
{
    struct state *t = *state;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(buf_done) struct buf b;
    struct title_summary x = {0};
    bool is_found = false;
    fill(t);
    OK(t, title_describe(t->store, "tv", 1, arena, &x, &is_found, &t->e));
    assert_true(is_found);
    assert_string_equal(x.title, "The Zoo");
    assert_int_equal(x.tvdb_id, 1001);
    assert_int_equal(x.items * 100 + x.with_file * 10 + x.missing, 412);
    OK(t, title_describe(t->store, "tv", 9, arena, &x, &is_found, &t->e));
    assert_false(is_found); /* archived */
    OK(t, title_describe(t->store, "other", 1, arena, &x, &is_found, &t->e));
    assert_false(is_found);
    buf_init(&b, 1000);
    OK(t, seasons_each(t->store, "tv", 1, write_season, &b, &t->e));
    assert_string_equal(b.at, "1: 3/2/1/1 1;2: 1/1/0/1 1;");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(titles_by_name),
        TEST(one_title_with_its_seasons),
        TEST(items_by_title_season_and_episode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
