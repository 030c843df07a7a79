/* The download queue: which rows count, and paging that trusts no server. Bodies are those of the
 * contract with the servers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/arr_fixture.h"

static void test_is_downloading(void **state)
{
    static const struct {
        const char *row;
        bool is_downloading;
    } rows[] = {
        {"", false},
        {"{\"status\":\"downloading\",\"trackedDownloadState\":\"downloading\"}", true},
        {"{\"status\":\"delay\"}", true},
        {"{\"status\":\"completed\",\"trackedDownloadState\":\"importPending\"}", true},
        {"{\"status\":\"completed\",\"trackedDownloadState\":\"imported\"}", false},
        {"{\"status\":\"completed\",\"trackedDownloadState\":\"ignored\"}", false},
        {"{\"status\":\"failed\",\"trackedDownloadState\":\"failedPending\"}", false},
        {"{\"status\":\"completed\",\"trackedDownloadState\":\"failed\"}", false},
        {"{\"status\":\"completed\",\"trackedDownloadState\":\"imported\"},{\"status\":\"queued\"}",
         true},
    };
    struct fixture *f = *state;
    const struct item it = {.kind = ITEM_MOVIE, .id = 9};
    open_at(f, APP_RADARR, "http://films");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct seen s = {0};
        snprintf(f->text, sizeof f->text, "[%s]", rows[i].row);
        f->reply.body = f->text;
        arr_is_downloading(f->arr, &it, told, &s);
        run(f, &s);
        assert_string_equal(f->stub.url, "http://films/api/v3/queue/details?movieId=9");
        assert_int_equal(s.r.trouble, ARR_OK);
        assert_int_equal(s.flag, rows[i].is_downloading);
    }
}

static void test_queue_rows(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    f->reply.body = "{\"page\":1,\"totalRecords\":9,\"records\":["
                    "{\"episodeId\":7,\"status\":\"downloading\",\"downloadId\":\"A\"},"
                    "{\"episodeId\":12,\"status\":\"queued\",\"downloadId\":\"B\"},"
                    "{\"episodeId\":6,\"status\":\"downloading\",\"downloadId\":\"A\"},"
                    "{\"status\":\"delay\",\"title\":\"Pack\"},{\"status\":\"delay\",\"title\":"
                    "\"Pack\"},{\"episodeId\":9,\"status\":\"completed\",\"downloadId\":\"C\"},"
                    "{\"episodeId\":10,\"status\":\"failed\",\"downloadId\":\"D\"},"
                    "{\"episodeId\":3,\"status\":\"warning\",\"downloadId\":\"E\"},"
                    "{\"status\":\"paused\",\"downloadId\":\"F\"}]}";
    open_at(f, APP_SONARR, "http://tv");
    arr_downloads(f->arr, listed, &s);
    run(f, &s);
    assert_int_equal(s.number, 4); /* A, B, Pack, F */
    assert_string_equal(s.items, "3 6 7 9 12 ");
    assert_string_equal(
        f->stub.url, "http://tv/api/v3/queue?page=1&pageSize=1000&includeUnknownSeriesItems=true");
    assert_int_equal(f->stub.n_requests, 1);
}

/* 3,500 claimed; from page 3 on the server starts over with page 1. */
static const char *rewinding(struct fixture *f)
{
    int page = f->stub.n_requests <= 2 ? f->stub.n_requests : 1;
    struct buf b;
    buf_init(&b, sizeof f->text - 1);
    buf_printf(&b, "{\"page\":%d,\"totalRecords\":3500,\"records\":[", page);
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%s{\"status\":\"queued\",\"downloadId\":\"%d\"}", i ? "," : "",
                   page * 1000 + i);
    buf_puts(&b, "]}");
    memcpy(f->text, b.at, b.n + 1);
    buf_done(&b);
    return f->text;
}

static void test_queue_pages(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    f->page = rewinding;
    open_at(f, APP_SONARR, "http://tv");
    arr_downloads(f->arr, listed, &s);
    run(f, &s);
    assert_int_equal(f->stub.n_requests, 3);
    assert_int_equal(s.number, 2000);
}

/* A queue that claims to have no end. */
static const char *endless_pages(struct fixture *f)
{
    snprintf(f->text, sizeof f->text,
             "{\"page\":%d,\"totalRecords\":999999,\"records\":[{\"status\":\"queued\","
             "\"downloadId\":\"%d\"}]}",
             f->stub.n_requests, f->stub.n_requests);
    return f->text;
}

static void test_queue_is_bounded(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    f->page = endless_pages;
    open_at(f, APP_SONARR, "http://tv");
    arr_downloads(f->arr, listed, &s);
    run(f, &s);
    assert_int_equal(f->stub.n_requests, 20);
    assert_int_equal(s.number, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_is_downloading),
        CASE(test_queue_rows),
        CASE(test_queue_pages),
        CASE(test_queue_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
