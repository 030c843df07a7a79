/* What run says of later news, of an item that is held and of a queue that is paused: lines by
 * hand from the fields of the event catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/jx.h"
#include "cli/happening.h"

enum { LINE_MAX_BYTES = 400 };

static const struct cli text_form = {.format = "text"};

/* Standard output of one event. */
static const char *said(enum event event, json_t *fields)
{
    static char line[LINE_MAX_BYTES];
    FILE *file = tmpfile();
    int before = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(fileno(file), STDOUT_FILENO);
    happening_tell(&text_form, event, fields);
    dup2(before, STDOUT_FILENO);
    close(before);
    rewind(file);
    line[fread(line, 1, sizeof line - 1, file)] = '\0';
    fclose(file);
    json_decref(fields);
    return line;
}

static void news_of_grabs(void **state UNUSED)
{
    assert_string_equal(
        said(EVENT_item_imported, json_pack("{ssss}", "instance", "tv", "title", "Show S01E02")),
        "tv  imported: Show S01E02\n");
    assert_string_equal(
        said(EVENT_item_import_failed, json_pack("{ssssss}", "instance", "tv", "title",
                                                 "Show S01E02", "message", "no free space")),
        "tv  not imported: Show S01E02: no free space\n");
    assert_string_equal(
        said(EVENT_item_deleted, json_pack("{ssss}", "instance", "tv", "title", "Show S01E02")),
        "tv  imported, deleted again: Show S01E02\n");
}

static void what_is_held_has_a_way_out(void **state UNUSED)
{
    assert_string_equal(
        said(EVENT_item_held,
             json_pack("{sssssssiss}", "instance", "tv", "title", "Show S01E02", "item",
                       "episode/tv/7", "grabs", 3, "until", "2026-11-23T10:00:00Z")),
        "tv  held until 2026-11-23 10:00 UTC: Show S01E02: grabbed 3 times without "
        "import (splintarr retry episode/tv/7)\n");
}

static void a_pause_by_failures_only(void **state UNUSED)
{
    assert_string_equal(
        said(EVENT_queue_paused, json_pack("{ssssssss}", "instance", "tv", "queue", "missing", "by",
                                           "failures", "reason", "5 runs in a row failed")),
        "tv  missing: paused: 5 runs in a row failed (splintarr resume "
        "queue/missing@tv)\n");
    assert_string_equal(said(EVENT_queue_paused, json_pack("{ssssss}", "instance", "tv", "queue",
                                                           "missing", "by", "health")),
                        "");
}

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(news_of_grabs),
        cmocka_unit_test(what_is_held_has_a_way_out),
        cmocka_unit_test(a_pause_by_failures_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
