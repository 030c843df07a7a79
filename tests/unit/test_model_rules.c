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

/* Of a schedule that is written nowhere, the queue is told. */
static void never_runs_by_default(void **state UNUSED)
{
    static const char *const rows[][2] = {
        {"{instances: tv}", "2:3 "},
        {"{instances: tv, profile: builtin/weekly-upgrade}", "2:3 "},
        {"{instances: tv, extends: r}", "2:3 "},
        {"{instances: tv, schedule: {every: 6h}}", ""}, /* at the schedule, which is none of 2:3 */
        {"{instances: tv, profile: p}", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(tree_done) struct tree t = tree_new();
        CLEANUP(freep) char *root = mem_printf(settings, "daily 00:00-24:00");
        CLEANUP(freep) char *queue = mem_printf("queues:\n  q: %s\n", rows[i][0]);
        CLEANUP(buf_done) struct buf shown;
        buf_init(&shown, BUF_TEXT);
        add(&t, "base.yaml", base_tree);
        add(&t, "splintarr.yaml", root);
        add(&t, "more.yaml",
            "profiles: {p: {schedule: {every: 6h}}}\n"
            "queues: {r: {instances: tv, suspend: true}}\n");
        add(&t, "q.yaml", queue);
        assert_true(config_check(t.config, t.diags));
        for (size_t k = 0; k < diags_n(t.diags); k++) {
            const struct diag *d = diags_at(t.diags, k);
            if (d->code == DIAG_W008 && d->at.col == 3 && str_eq(d->at.file, "q.yaml"))
                buf_printf(&shown, "%d:%d ", d->at.line, d->at.col);
        }
        assert_string_equal(shown.at, rows[i][1]);
    }
}

/* The message of the first warning of a kind, on 23 November 2026. */
static void check_said(enum diag_code code, const char *blackout, const char *schedule,
                       const char *expected)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    CLEANUP(freep) char *root = mem_printf(settings, blackout);
    CLEANUP(freep)
    char *text =
        mem_printf("schedules:\n  s: {%s}\nqueues: {q: {instances: tv, schedule: s}}\n", schedule);
    utc_t now;
    assert_true(utc_parse("2026-11-23T12:00:00Z", &now));
    add(&t, "base.yaml", base_tree);
    add(&t, "splintarr.yaml", root);
    add(&t, "t.yaml", text);
    config_set_now(t.config, now);
    assert_true(config_check(t.config, t.diags));
    for (size_t i = 0; i < diags_n(t.diags); i++)
        if (diags_at(t.diags, i)->code == code) {
            assert_string_equal(diags_at(t.diags, i)->message, expected);
            return;
        }
    assert_string_equal("nothing is said", expected);
}

/* 02:30 is 03:00 where the clocks skip it, and the blackout of that hour is gone: once a year. */
static void runs_when_clocks_change(void **state UNUSED)
{
    check_said(DIAG_W008, "", "at: daily 02:30, blackout: daily 02:00-03:00",
               "schedule/s: does not run before 2027-03-28: windows, moments and blackouts leave "
               "it no time until clocks change");
    /* 21:00 to 22:00 in New York is 03:00 to 04:00 of the next day in Berlin; from 14 March, when
     * only New York has summer time, it is 02:00 to 03:00. */
    check_said(DIAG_W008, "daily 03:00-04:00",
               "every: 1h, windows: daily 21:00-22:00, timezone: America/New_York",
               "schedule/s: does not run before 2027-03-14: windows, moments and blackouts leave "
               "it no time until clocks change");
    check_said(DIAG_W008, "", "at: sun 02:30", "nothing is said");
    check_said(DIAG_W008, "", "every: 365d", "nothing is said");
}

/* Berlin's clocks skip 02:00 to 03:00 on the last Sunday of March. */
static void lost_when(void **state UNUSED)
{
    check_said(DIAG_W011, "", "every: 6h, windows: [daily 02:00-03:00]",
               "schedule/s: window daily 02:00-03:00 is lost on 2027-03-28: clocks skip it");
    check_said(DIAG_W011, "sun 02:10-02:50", "every: 6h",
               "settings/settings: blackout sun 02:10-02:50 is lost on 2027-03-28: clocks skip it");
    check_said(DIAG_W011, "sat 02:10-02:50", "every: 6h", "nothing is said");
}

/* What has expired is told by the day it was over. */
static void has_expired(void **state UNUSED)
{
    static const char *const rows[][2] = {
        {"2026-11-23T11:00:00Z", "expired less than a day ago"},
        {"2026-11-22T11:00:00Z", "expired 1 day ago"},
        {"2026-11-11T11:00:00Z", "expired 12 days ago"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(tree_done) struct tree t = tree_new();
        CLEANUP(freep)
        char *text = mem_printf("version: 1\nexclusions: {x: {match: [{genre: a}], until: %s}}\n",
                                rows[i][0]);
        utc_t now;
        assert_true(utc_parse("2026-11-23T12:00:00Z", &now));
        add(&t, "base.yaml", base_tree);
        add(&t, "splintarr.yaml", text);
        config_set_now(t.config, now);
        assert_true(config_check(t.config, t.diags));
        assert_int_equal(diags_n(t.diags), 1);
        assert_int_equal(diags_at(t.diags, 0)->code, DIAG_W001);
        assert_non_null(strstr(diags_at(t.diags, 0)->message, rows[i][1]));
    }
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
        cmocka_unit_test(never_runs_by_default),
        cmocka_unit_test(runs_when_clocks_change),
        cmocka_unit_test(lost_when),
        cmocka_unit_test(has_expired),
        cmocka_unit_test(lost_to_summer_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
