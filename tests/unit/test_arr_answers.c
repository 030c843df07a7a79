/* What answers mean, sentence by sentence; versions; redaction; paging of the queue. Bodies are
 * those of the contract with the servers (status codes and bodies); the rest is arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arr/answer.h"
#include "arr/gates.h"
#include "arr_stub.h"

struct fixture {
    struct virtual_clock clock;
    struct loop *loop;
    struct stub stub;
    struct arr *arr;
    struct http_reply reply;                /* answered to everything, unless `page` is set */
    const char *(*page)(struct fixture *f); /* the body of the next answer */
    char text[256 * 1024];
};

struct seen {
    int n_done, n_rows;
    struct arr_result r;
    int64_t number;
    bool flag;
};

static void answer(struct stub *s, const struct http_request *r, struct http_reply *ret)
{
    struct fixture *f = (struct fixture *)((char *)s - offsetof(struct fixture, stub));
    (void)r;
    *ret = f->reply;
    if (f->page)
        ret->body = f->page(f);
}

static int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, 1795392000000);
    f->loop = loop_new_virtual(&f->clock);
    stub_init(&f->stub, f->loop);
    f->stub.answer = answer;
    f->reply = (struct http_reply){
        .status = 200, .content_type = "application/json", .location = "", .body = "[]"};
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arr_free(f->arr);
    loop_free(f->loop);
    mem_free(f);
    return 0;
}

static void open_at(struct fixture *f, enum app app, const char *url)
{
    struct secret key = {0};
    secret_set(&key, "0123456789abcdef0123456789abcdef", 32);
    f->arr = arr_free(f->arr);
    f->arr = arr_new(&(struct arr_setup){.instance = "lab",
                                         .app = app,
                                         .url = url,
                                         .key = &key,
                                         .timeout = SECONDS(30),
                                         .max_requests = 50,
                                         .loop = f->loop,
                                         .transport = &f->stub.transport});
    secret_done(&key);
}

/* ---- callbacks ---- */

static void done(void *ctx, const struct arr_result *r)
{
    struct seen *s = ctx;
    s->n_done++;
    s->r = *r;
}
static void probed(void *ctx, const struct arr_result *r, const struct arr_status *status)
{
    (void)status;
    done(ctx, r);
}
static void counted(void *ctx, const struct arr_result *r, int64_t n)
{
    done(ctx, r);
    ((struct seen *)ctx)->number = n;
}
static void told(void *ctx, const struct arr_result *r, bool flag)
{
    done(ctx, r);
    ((struct seen *)ctx)->flag = flag;
}
static void commanded(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    done(ctx, r);
    ((struct seen *)ctx)->flag = c != NULL;
}
static void on_title(void *ctx, const struct title *t, const struct item *it)
{
    (void)t, (void)it;
    ((struct seen *)ctx)->n_rows++;
}
static void on_tag(void *ctx, int64_t id, const char *label)
{
    (void)id, (void)label;
    ((struct seen *)ctx)->n_rows++;
}

static void run(struct fixture *f, const struct seen *s)
{
    struct err e = {0};
    assert_true(loop_run(f->loop, &e));
    assert_int_equal(s->n_done, 1);
}

static struct seen probe(struct fixture *f, const char *url)
{
    struct seen s = {0};
    open_at(f, APP_SONARR, url);
    arr_probe(f->arr, probed, &s);
    run(f, &s);
    return s;
}

static struct seen redirect(struct fixture *f, const char *url, const char *location)
{
    f->reply.status = 307;
    f->reply.location = location;
    return probe(f, url);
}

/* ---- somebody else ---- */

static void test_redirects(void **state)
{
    static const struct {
        const char *url, *location, *sentence;
    } rows[] = {
        {"http://tv:8989", "/sonarr/api/v3/system/status",
         "instance/lab: Sonarr has the URL base '/sonarr', which 'url' lacks; write url: "
         "http://tv:8989/sonarr"},
        {"http://tv:8989", "http://tv:8989/sonarr/api/v3/system/status?x=1",
         "instance/lab: Sonarr has the URL base '/sonarr', which 'url' lacks; write url: "
         "http://tv:8989/sonarr"},
        {"https://tv/old", "/sonarr/old/api/v3/system/status",
         "instance/lab: Sonarr has the URL base '/sonarr', which 'url' lacks; write url: "
         "https://tv/sonarr"},
        {"http://tv:8989", "http://evil/sonarr/api/v3/system/status",
         "instance/lab: a redirect to 'http://evil/sonarr/api/v3/system/status' instead of "
         "Sonarr's API; write the address it leads to, with the URL base, as 'url'"},
        {"http://tv:8989", "https://sso.example/?rd=secret",
         "instance/lab: a redirect to 'https://sso.example/?rd=***' instead of Sonarr's API; write "
         "the address it leads to, with the URL base, as 'url'"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct seen s = redirect(f, rows[i].url, rows[i].location);
        assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
        assert_string_equal(s.r.err.msg, rows[i].sentence);
    }
}

static void test_logins(void **state)
{
    static const char *const locations[] = {
        "/login?returnUrl=/sonarr/api/v3/system/status",
        "http://tv:8989/sonarr/login",
        "https://auth.example/login?rd=https://tv/api/v3/series",
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(locations); i++) {
        struct seen s = redirect(f, "http://tv:8989", locations[i]);
        assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
        assert_non_null(strstr(s.r.err.msg, "login page"));
        assert_non_null(strstr(s.r.err.msg, "proxy"));
    }
}

static void test_other_pages(void **state)
{
    struct fixture *f = *state;
    f->reply.content_type = "text/html";
    f->reply.body = "<html>";
    struct seen s = probe(f, "http://tv:8989");
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    assert_string_equal(s.r.err.msg,
                        "instance/lab: 'http://tv:8989' answers 200 with text/html where Sonarr's "
                        "API should be; check that 'url' ends in the URL base of Settings > "
                        "General, and that it leads to Sonarr itself");
    f->reply.status = 404;
    s = probe(f, "http://tv:8989");
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    f->reply.content_type = "";
    s = probe(f, "http://tv:8989");
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
}

static void test_versions_of_probe(void **state)
{
    struct fixture *f = *state;
    f->reply.body = "{\"appName\":\"Sonarr\",\"version\":\"2.0.0.5344\"}";
    struct seen s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    assert_string_equal(s.r.err.msg,
                        "instance/lab: Sonarr 2.0.0.5344 is too old; update it to 3.0.10 or later");
    f->reply.body = "{\"version\":\"4.0.0.1\"}";
    s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    f->reply.body = "[1]";
    s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    f->reply.body = "{\"appName\":\"Sonarr\",\"version\":\"5.0.0.1\"}";
    s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_OK);
}

/* ---- errors ---- */

static void test_error_bodies(void **state)
{
    static const struct {
        int status;
        enum arr_trouble trouble;
        const char *body, *says;
    } rows[] = {
        {400, ARR_SERVER, "[{\"propertyName\":\"Name\",\"errorMessage\":\"must not be empty\"}]",
         "answered 400 (must not be empty); "},
        {400, ARR_SERVER,
         "{\"title\":\"One or more validation errors occurred.\",\"errors\":{\"pageSize\":"
         "[\"The value 'abc' is not valid.\"]}}",
         "answered 400 (The value 'abc' is not valid.); "},
        {404, ARR_GONE, "{\"title\":\"Not Found\",\"status\":404}", "answered 404 (Not Found); "},
        {404, ARR_GONE, "", "answered 404; "},
        {401, ARR_UNAUTHORIZED, "{\"error\":\"Unauthorized\"}", "refuses the API key; "},
        {403, ARR_SERVER, "{\"error\":\"Forbidden\"}", "answered 403 (Forbidden); "},
        {429, ARR_SERVER, "", "lower 'max_requests'"},
        {500, ARR_SERVER, "{\"message\":\"database is locked\",\"description\":\"at X\\n at Y\"}",
         "answered 500 (database is locked); "},
        {500, ARR_SERVER, "{\"message\":\"GET http://i/api?apikey=sekret&t=1 failed\\n at X\"}",
         "answered 500 (GET http://i/api?apikey=***&t=*** failed); "},
        {503, ARR_UNREACHABLE, "{\"errorMessage\":\"Sonarr is starting up\"}",
         "answered 503 (Sonarr is starting up); "},
        {502, ARR_UNREACHABLE, "<html>", "answered 502; "},
        {504, ARR_UNREACHABLE, "[]", "answered 504; "},
        {500, ARR_SERVER, "7", "answered 500; "},
        {500, ARR_SERVER, "{\"message\":7}", "answered 500; "},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct seen s = {0};
        f->reply.status = rows[i].status;
        f->reply.body = rows[i].body;
        open_at(f, APP_SONARR, "http://tv");
        arr_tags(f->arr, on_tag, done, &s);
        run(f, &s);
        assert_int_equal(s.r.trouble, rows[i].trouble);
        assert_int_equal(s.r.err.code, ERR_REMOTE);
        if (!strstr(s.r.err.msg, rows[i].says))
            fail_msg("'%s' lacks '%s'", s.r.err.msg, rows[i].says);
    }
}

static void test_no_answer(void **state)
{
    static const struct {
        enum http_end end;
        enum arr_trouble trouble;
    } rows[] = {
        {HTTP_REFUSED, ARR_UNREACHABLE},   {HTTP_NO_NAME, ARR_UNREACHABLE}, {HTTP_TLS, ARR_TLS},
        {HTTP_TIMEOUT, ARR_UNREACHABLE},   {HTTP_TOO_LARGE, ARR_SERVER},    {HTTP_CUT, ARR_SERVER},
        {HTTP_FORBIDDEN, ARR_UNREACHABLE}, {HTTP_BROKEN, ARR_SERVER},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        f->reply = (struct http_reply){.end = rows[i].end,
                                       .content_type = "",
                                       .location = "",
                                       .body = "",
                                       .problem = "what happened"};
        struct seen s = probe(f, "http://tv");
        assert_int_equal(s.r.trouble, rows[i].trouble);
        assert_true(str_starts(s.r.err.msg, "instance/lab: what happened; "));
    }
}

static void test_broken_lists(void **state)
{
    static const struct {
        const char *body, *says;
        int n_rows;
    } rows[] = {
        {"[{\"id\":1,\"title\":\"a\"},{\"id\":2,", "the list ends early, after 1 elements", 1},
        {"{\"message\":\"no\"}", "the answer is no JSON list", 0},
        {"", "the answer is empty", 0},
        {"[{\"id\":1},{\"id\":tru}]", "in element 2 of the list", 1},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct seen s = {0};
        f->reply.body = rows[i].body;
        open_at(f, APP_SONARR, "http://tv");
        arr_titles(f->arr, on_title, done, &s);
        run(f, &s);
        assert_int_equal(s.r.trouble, ARR_SERVER);
        assert_int_equal(s.n_rows, rows[i].n_rows);
        if (!strstr(s.r.err.msg, rows[i].says))
            fail_msg("'%s' lacks '%s'", s.r.err.msg, rows[i].says);
    }
}

/* An answer that is JSON, but not what was asked for, is no result. */
static void test_wrong_json(void **state)
{
    struct fixture *f = *state;
    struct seen posted = {0}, wanted = {0}, queue = {0};
    open_at(f, APP_SONARR, "http://tv");
    arr_search(f->arr, ITEM_EPISODE, 3, commanded, &posted);
    run(f, &posted);
    assert_int_equal(posted.r.trouble, ARR_SERVER);
    assert_false(posted.flag);
    arr_wanted_count(f->arr, counted, &wanted);
    run(f, &wanted);
    assert_int_equal(wanted.r.trouble, ARR_SERVER);
    arr_queue_active(f->arr, counted, &queue);
    run(f, &queue);
    assert_int_equal(queue.r.trouble, ARR_SERVER);
    f->reply.body = "{\"id\":";
    struct seen cut = {0};
    arr_wanted_count(f->arr, counted, &cut);
    run(f, &cut);
    assert_int_equal(cut.r.trouble, ARR_SERVER);
}

/* ---- redaction ---- */

static void test_redact(void **state)
{
    static const struct {
        const char *text, *safe;
    } rows[] = {
        {"all well", "all well"},
        {"  first\nsecond", "first"},
        {"http://i/api?t=tvsearch&apikey=abc", "http://i/api?t=***&apikey=***"},
        {"https://me:pw@host/x", "https://***@host/x"},
        {"/rss/0123456789abcdef0123/feed", "/rss/***/feed"},
        {"NzbDrone.Core.ModelNotFoundException: Episode", "NzbDrone.Core.ModelNotFoundException: "
                                                          "Episode"},
        {"Lab.Show.S01E01.1080p.WEB-DL.DDP5.1.H.264-LAB",
         "Lab.Show.S01E01.1080p.WEB-DL.DDP5.1.H.264-LAB"},
        {"", ""},
    };
    char text[80];
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        answer_redact(rows[i].text, sizeof text, text);
        assert_string_equal(text, rows[i].safe);
    }
    answer_redact("abc\xc3\xa4", 5, text); /* the last character does not fit whole */
    assert_string_equal(text, "abc");
}

/* ---- versions ---- */

static struct arr_status gated(const char *version, enum app app)
{
    struct arr_status s = {0};
    snprintf(s.version, sizeof s.version, "%s", version);
    gates_set(&s, app);
    return s;
}

static void test_gates(void **state)
{
    (void)state;
    char least[32];
    assert_false(gated("4.0.9.2331", APP_SONARR).has_last_search_time);
    assert_true(gated("4.0.9.2332", APP_SONARR).has_last_search_time);
    assert_true(gated("4.0.10.1", APP_SONARR).has_last_search_time);
    assert_false(gated("5.2.6.9999", APP_RADARR).has_last_search_time);
    assert_true(gated("5.3.0.8410", APP_RADARR).has_last_search_time);
    assert_false(gated("3.0.10.1567", APP_SONARR).has_release_source);
    assert_true(gated("4.0.0.700", APP_SONARR).has_release_source);
    assert_false(gated("4.7.5.7809", APP_RADARR).has_release_source);
    assert_true(gated("5.0.0.1", APP_RADARR).has_release_source);
    assert_true(gated("3.0.10.1567", APP_SONARR).has_wanted);
    assert_false(gated("5.6.0.8845", APP_RADARR).has_wanted);
    assert_true(gated("6.1.0.10000", APP_RADARR).has_wanted);
    assert_false(gated("4.0.0.740", APP_SONARR).has_result);
    assert_true(gated("4.5.1.7282", APP_RADARR).has_result);
    struct arr_status old = gated("3.0.9.1549", APP_SONARR), ok = gated("3.0.10.1", APP_SONARR);
    assert_string_equal(gates_too_old(&old, APP_SONARR, least), "3.0.10");
    assert_null(gates_too_old(&ok, APP_SONARR, least));
    old = gated("3.0.0.4204", APP_RADARR), ok = gated("3.0.1.4259", APP_RADARR);
    assert_string_equal(gates_too_old(&old, APP_RADARR, least), "3.0.1");
    assert_null(gates_too_old(&ok, APP_RADARR, least));
}

/* ---- the queue ---- */

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
                    "{\"status\":\"downloading\",\"downloadId\":\"A\",\"title\":\"a\"},"
                    "{\"status\":\"queued\",\"downloadId\":\"B\",\"title\":\"b\"},"
                    "{\"status\":\"downloading\",\"downloadId\":\"A\",\"title\":\"a\"},"
                    "{\"status\":\"delay\",\"title\":\"Pack\"},{\"status\":\"delay\",\"title\":"
                    "\"Pack\"},{\"status\":\"completed\",\"downloadId\":\"C\"},"
                    "{\"status\":\"failed\",\"downloadId\":\"D\"},"
                    "{\"status\":\"warning\",\"downloadId\":\"E\"},"
                    "{\"status\":\"paused\",\"downloadId\":\"F\"}]}";
    open_at(f, APP_SONARR, "http://tv");
    arr_queue_active(f->arr, counted, &s);
    run(f, &s);
    assert_int_equal(s.number, 4); /* A, B, Pack, F */
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
    arr_queue_active(f->arr, counted, &s);
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
    arr_queue_active(f->arr, counted, &s);
    run(f, &s);
    assert_int_equal(f->stub.n_requests, 20);
    assert_int_equal(s.number, 20);
}

/* ---- one by one ---- */

static void test_cost(void **state)
{
    (void)state;
    assert_int_equal(arr_search_cost(&(struct item){.kind = ITEM_MOVIE, .season = -1}), 1);
    assert_int_equal(arr_search_cost(&(struct item){.season = 2, .n_titles = 3}), 1);
    assert_int_equal(arr_search_cost(&(struct item){.season = 0, .n_titles = 3}), 4);
    assert_int_equal(arr_search_cost(&(struct item){.season = 0}), 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_redirects),          CASE(test_logins),
        CASE(test_other_pages),        CASE(test_versions_of_probe),
        CASE(test_error_bodies),       CASE(test_no_answer),
        CASE(test_broken_lists),       CASE(test_wrong_json),
        CASE(test_is_downloading),     CASE(test_queue_rows),
        CASE(test_queue_pages),        CASE(test_queue_is_bounded),
        cmocka_unit_test(test_redact), cmocka_unit_test(test_gates),
        cmocka_unit_test(test_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
