/* Verdicts from evidence: every row of the table in the engine page, section 4, and the traps of
 * real servers (arr page, sections 0.2, 5.6): all expected values are read off those pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/judge.h"

static const struct verdict_row {
    const char *what;
    struct evidence evidence;
    enum verdict expected;
} verdict_rows[] = {
    {"a grab proves itself, whatever else",
     {.grabs = 2, .has_command = true, .state = ARR_COMMAND_FAILED},
     VERDICT_GRABBED},
    {"completed, lastSearchTime moved, indexers up",
     {.has_command = true,
      .state = ARR_COMPLETED,
      .tells_last_search = true,
      .searched_before = 5000,
      .searched_after = 9000},
     VERDICT_NOTHING},
    {"completed in no time: lastSearchTime did not move",
     {.has_command = true,
      .state = ARR_COMPLETED,
      .tells_last_search = true,
      .searched_before = 5000,
      .searched_after = 5000},
     VERDICT_NO_INDEXERS},
    {"never searched before and still not",
     {.has_command = true, .state = ARR_COMPLETED, .tells_last_search = true},
     VERDICT_NO_INDEXERS},
    {"moved, but every indexer failed: health says so",
     {.has_command = true,
      .state = ARR_COMPLETED,
      .tells_last_search = true,
      .searched_before = 0,
      .searched_after = 9000,
      .are_indexers_down = true},
     VERDICT_NO_INDEXERS},
    {"old server, indexers up", {.has_command = true, .state = ARR_COMPLETED}, VERDICT_NOTHING},
    {"old server, indexers down",
     {.has_command = true, .state = ARR_COMPLETED, .are_indexers_down = true},
     VERDICT_NO_INDEXERS},
    {"the server says failed", {.has_command = true, .state = ARR_COMMAND_FAILED}, VERDICT_FAILED},
    {"orphaned by a restart: it had started, and indexers may have been asked",
     {.has_command = true,
      .state = ARR_ORPHANED,
      .tells_last_search = true,
      .searched_before = 1000,
      .searched_after = 1000},
     VERDICT_UNKNOWN},
    {"orphaned when it was nearly over",
     {.has_command = true,
      .state = ARR_ORPHANED,
      .tells_last_search = true,
      .searched_before = 1000,
      .searched_after = 2000},
     VERDICT_UNKNOWN},
    {"orphaned on an old server: no proof either way",
     {.has_command = true, .state = ARR_ORPHANED},
     VERDICT_UNKNOWN},
    {"no trace, and lastSearchTime is old",
     {.tells_last_search = true, .searched_before = 5000, .searched_after = 5000},
     VERDICT_LOST},
    {"completed, nothing in history, but the server's clock is before the search began",
     {.has_command = true,
      .state = ARR_COMPLETED,
      .tells_last_search = true,
      .searched_before = 5000,
      .searched_after = 9000,
      .has_clock_turned = true},
     VERDICT_UNKNOWN},
    {"no trace, lastSearchTime is old, but the server has restarted since",
     {.tells_last_search = true,
      .searched_before = 5000,
      .searched_after = 5000,
      .has_restarted = true},
     VERDICT_UNKNOWN},
    {"no trace, but lastSearchTime moved",
     {.tells_last_search = true, .searched_before = 5000, .searched_after = 6000},
     VERDICT_UNKNOWN},
    {"no trace, and lastSearchTime moved back: the server's clock was put back before the search",
     {.tells_last_search = true, .searched_before = 9000, .searched_after = 5000},
     VERDICT_UNKNOWN},
    {"completed by a clock that was put back before the search",
     {.has_command = true,
      .state = ARR_COMPLETED,
      .tells_last_search = true,
      .searched_before = 9000,
      .searched_after = 5000},
     VERDICT_NOTHING},
    {"no trace on an old server", {.has_command = false}, VERDICT_UNKNOWN},
    {"still running when nobody waits any more",
     {.has_command = true, .state = ARR_STARTED},
     VERDICT_UNKNOWN},
};

static void verdicts(void **state UNUSED)
{
    for (size_t i = 0; i < COUNT(verdict_rows); i++) {
        enum verdict got = judge(&verdict_rows[i].evidence);
        if (got != verdict_rows[i].expected)
            fail_msg("%s: got %d, expected %d", verdict_rows[i].what, (int)got,
                     (int)verdict_rows[i].expected);
    }
}

static struct arr_history grab(int64_t item, utc_t date, const char *download, const char *title)
{
    return (struct arr_history){.item_id = item,
                                .type = ARR_HISTORY_GRABBED,
                                .date = date,
                                .download_id = download,
                                .source_title = title,
                                .release_source = ""};
}

static const int64_t seven = 7;

static void a_release_is_counted_once(void **state UNUSED)
{
    struct grab_count g = {.from = 100000, .until = 400000, .items = &seven, .n_items = 1};
    const struct arr_history rows[] = {
        grab(7, 150000, "ABC", "Show.S01E01"),
        grab(7, 150000, "ABC", "Show.S01E01"), /* the same download */
        grab(7, 160400, "", "Show.S01E01.b"),
        grab(7, 160900, "", "Show.S01E01.b"), /* blackhole, same second */
        grab(7, 170000, "", "Show.S01E01.b"), /* a second one later */
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        grab_count_add(&g, &rows[i]);
    assert_int_equal(g.n, 3);
}

static void other_grabs_are_not_ours(void **state UNUSED)
{
    struct grab_count g = {
        .from = 100500, .until = 400000, .items = &seven, .n_items = 1, .checks_source = true};
    struct arr_history rss = grab(7, 150000, "R", "x"), ours = grab(7, 100000, "U", "x");
    struct arr_history other = grab(8, 150000, "O", "x"), late = grab(7, 400001, "L", "x");
    struct arr_history early = grab(7, 99999, "E", "x"), failed = grab(7, 150000, "F", "x");
    rss.release_source = "Rss";
    ours.release_source =
        "UserInvokedSearch"; /* history in whole seconds may lie before a start of .5 s */
    failed.type = ARR_HISTORY_FAILED;
    const struct arr_history *rows[] = {&rss, &other, &late, &early, &failed};
    for (size_t i = 0; i < COUNT(rows); i++)
        grab_count_add(&g, rows[i]);
    assert_int_equal(g.n, 0);
    grab_count_add(&g, &ours);
    assert_int_equal(g.n, 1);
}

/* A season: rows of every episode with one download, and of none that was not searched. */
/* Which of them were grabbed, by any release of the search. */
static void grabbed_items_are_told(void **state UNUSED)
{
    static const int64_t items[] = {7, 8, 9};
    bool is_found[COUNT(items)] = {0};
    struct grab_count g = {
        .from = 100000, .until = 400000, .items = items, .n_items = 3, .is_found = is_found};
    const struct arr_history rows[] = {
        grab(9, 150000, "AB", "Show.S01E03E04"),
        grab(10, 150000, "AB", "Show.S01E03E04"), /* not searched */
        grab(7, 99000, "OLD", "Show.S01E01"),     /* before */
        grab(7, 160000, "AB", "Show.S01E03E04"),  /* the same release, another of its episodes */
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        grab_count_add(&g, &rows[i]);
    assert_int_equal(g.n, 1);
    assert_true(is_found[0]);
    assert_false(is_found[1]);
    assert_true(is_found[2]);
}

static void a_pack_is_one_grab(void **state UNUSED)
{
    static const int64_t season[] = {7, 8, 11};
    struct grab_count g = {.from = 100000, .until = 400000, .items = season, .n_items = 3};
    const struct arr_history rows[] = {
        grab(7, 150000, "PACK", "Show.S01"),  grab(8, 150000, "PACK", "Show.S01"),
        grab(11, 150000, "PACK", "Show.S01"), grab(9, 150000, "ELSE", "Show.S02E01"),
        grab(12, 150000, "MORE", "Other"),
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        grab_count_add(&g, &rows[i]);
    assert_int_equal(g.n, 1);
    assert_int_equal(g.n_downloads, 1);
    assert_string_equal(g.downloads[0], "PACK");
}

static void an_older_command_is_foreign(void **state UNUSED)
{
    struct arr_command c = {.queued = 99999};
    assert_true(is_foreign(&c, 100000));
    c.queued = 100000;
    assert_false(
        is_foreign(&c, 100700)); /* the Date header has whole seconds: the same second is ours */
    assert_false(is_foreign(&c, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts),
        cmocka_unit_test(a_release_is_counted_once),
        cmocka_unit_test(other_grabs_are_not_ours),
        cmocka_unit_test(grabbed_items_are_told),
        cmocka_unit_test(a_pack_is_one_grab),
        cmocka_unit_test(an_older_command_is_foreign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
