/* What answers mean, sentence by sentence. Bodies are those of the contract with the servers
 * (status codes and bodies); the rest is arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arr/answer.h"
#include "unit/arr_fixture.h"

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
         "Sonarr has the URL base '/sonarr', which 'url' lacks; write url: "
         "http://tv:8989/sonarr"},
        {"http://tv:8989", "http://tv:8989/sonarr/api/v3/system/status?x=1",
         "Sonarr has the URL base '/sonarr', which 'url' lacks; write url: "
         "http://tv:8989/sonarr"},
        {"https://tv/old", "/sonarr/old/api/v3/system/status",
         "Sonarr has the URL base '/sonarr', which 'url' lacks; write url: "
         "https://tv/sonarr"},
        {"http://tv:8989", "http://evil/sonarr/api/v3/system/status",
         "a redirect to 'http://evil/sonarr/api/v3/system/status' instead of "
         "Sonarr's API; write the address it leads to, with the URL base, as 'url'"},
        {"http://tv:8989", "https://sso.example/?rd=secret",
         "a redirect to 'https://sso.example/?rd=***' instead of Sonarr's API; write "
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
                        "'http://tv:8989' answers 200 with text/html where Sonarr's "
                        "API should be; check that 'url' ends in the URL base of Settings > "
                        "General, and that it leads to Sonarr itself");
    f->reply.status = 404;
    s = probe(f, "http://tv:8989");
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
    f->reply.content_type = "";
    s = probe(f, "http://tv:8989");
    assert_int_equal(s.r.trouble, ARR_NOT_AN_API);
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
        assert_true(str_starts(s.r.err.msg, "what happened; "));
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
    arr_downloads(f->arr, listed, &queue);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_redirects),   CASE(test_logins),
        CASE(test_other_pages), CASE(test_error_bodies),
        CASE(test_no_answer),   CASE(test_broken_lists),
        CASE(test_wrong_json),  cmocka_unit_test(test_redact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
