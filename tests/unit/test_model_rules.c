/* Rules over several fields. Expected values are written by hand from the configuration page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/model_tree.h"

static const char settings[] = "version: 1\nsettings: {timezone: Europe/Berlin, blackout: [%s]}\n";

/* The places of one warning in a tree with a global blackout and one schedule that a queue uses. */
static void check_warned(enum diag_code code, const char *blackout, const char *schedule,
                         const char *expected)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    CLEANUP(freep) char *root = mem_printf(settings, blackout);
    CLEANUP(freep)
    char *text =
        mem_printf("schedules:\n  s:\n%s\nqueues: {q: {instances: tv, schedule: s}}\n", schedule);
    add(&t, "base.yaml", base_tree);
    add(&t, "splintarr.yaml", root);
    add(&t, "t.yaml", text);
    assert_true(config_check(t.config, t.diags));
    CLEANUP(buf_done) struct buf shown;
    buf_init(&shown, BUF_TEXT);
    for (size_t i = 0; i < diags_n(t.diags); i++)
        if (diags_at(t.diags, i)->code == code)
            buf_printf(&shown, "%d:%d ", diags_at(t.diags, i)->at.line,
                       diags_at(t.diags, i)->at.col);
    assert_string_equal(shown.at, expected);
}

static void check_schedule(const char *blackout, const char *schedule, const char *expected)
{
    check_warned(DIAG_W008, blackout, schedule, expected);
}

/* The places of W013 in one queue that uses a profile. */
static void check_filters(const char *profile, const char *queue, const char *expected)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    CLEANUP(freep)
    char *text = mem_printf("profiles:\n  p: {%s}\nqueues:\n  q:\n    instances: tv\n"
                            "    profile: p\n%s",
                            profile, queue);
    add(&t, "base.yaml", base_tree);
    add(&t, "splintarr.yaml", "version: 1\n");
    add(&t, "t.yaml", text);
    assert_true(config_check(t.config, t.diags));
    CLEANUP(buf_done) struct buf shown;
    buf_init(&shown, BUF_TEXT);
    for (size_t i = 0; i < diags_n(t.diags); i++)
        if (diags_at(t.diags, i)->code == DIAG_W013)
            buf_printf(&shown, "%d:%d ", diags_at(t.diags, i)->at.line,
                       diags_at(t.diags, i)->at.col);
    assert_string_equal(shown.at, expected);
}

static void filters_without_effect(void **state UNUSED)
{
    static const char both[] = "    filters: {sources: [missing, recent]}\n";
    check_filters("batch: 5", "", "");
    check_filters("batch: 5", both, "7:24 ");
    check_filters("strategy: custom", both, "");
    check_filters("strategy: custom", "    strategy: missing\n    filters: {sources: [recent]}\n",
                  "8:24 ");
    /* Inherited: the queue is told. */
    check_filters("filters: {sources: [missing]}", "", "4:3 ");
    check_filters("batch: 5", "    filters: {monitored: true}\n", "");
    check_filters("batch: 5", "    filters:\n      monitored: false\n", "8:18 ");
}

static void never_runs(void **state UNUSED)
{
    check_schedule("", "    every: 6h", "");
    check_schedule("",
                   "    every: 6h\n    windows: [weekdays 18:00-22:00]\n"
                   "    blackout: [mon-fri 17:00-23:00]",
                   "5:15 ");
    check_schedule("",
                   "    every: 6h\n    windows: [weekdays 18:00-22:00]\n"
                   "    blackout: [mon-fri 18:00-21:59]",
                   "");
    check_schedule("",
                   "    every: 6h\n    windows: [weekdays 18:00-22:00]\n"
                   "    blackout: [mon-thu 17:00-23:00]",
                   "");
    /* over midnight, and over the end of the week: sunday's night is monday's morning */
    check_schedule("",
                   "    every: 6h\n    windows: [sun 22:00-03:00]\n"
                   "    blackout: [sun 20:00-24:00, mon 00:00-04:00]",
                   "5:15 ");
    check_schedule("",
                   "    every: 6h\n    windows: [mon 01:00-02:00]\n"
                   "    blackout: [sun 20:00-03:00]",
                   "5:15 ");
    check_schedule("", "    at: daily 03:00\n    blackout: daily 02:00-04:00", "4:15 ");
    check_schedule("", "    at: [daily 03:00, sun 05:00]\n    blackout: daily 02:00-04:00", "");
    check_schedule("", "    at: daily 03:00\n    windows: daily 04:00-05:00", "4:14 ");
}

/* What the whole program must not do counts too, where its clock is the same. */
static void never_runs_by_the_settings(void **state UNUSED)
{
    static const char at_four[] = "    at: mon 04:30";
    check_schedule("mon 04:00-05:00", at_four, "3:9 ");
    check_schedule("tue 04:00-05:00", at_four, "");
    check_schedule("mon 04:00-05:00", "    at: mon 04:30\n    timezone: Asia/Tokyo", "");
    check_schedule("daily 00:00-24:00", "    every: 6h", "3:5 ");
}

/* Berlin's clocks skip 02:00 to 03:00 on the last Sunday of March. */
static void lost_to_summer_time(void **state UNUSED)
{
    check_warned(DIAG_W011, "", "    every: 6h\n    windows: [sun 02:10-02:40]", "4:14 ");
    check_warned(DIAG_W011, "", "    every: 6h\n    blackout: [daily 02:00-03:00]", "4:15 ");
    check_warned(DIAG_W011, "", "    every: 6h\n    windows: [sat 02:10-02:40]", "");
    check_warned(DIAG_W011, "", "    every: 6h\n    windows: [sun 02:10-03:10]", "");
    check_warned(DIAG_W011, "",
                 "    every: 6h\n    windows: [sun 02:10-02:40]\n    timezone: Asia/Tokyo", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_without_effect),
        cmocka_unit_test(never_runs),
        cmocka_unit_test(never_runs_by_the_settings),
        cmocka_unit_test(lost_to_summer_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
