/* Bodies of webhooks: how long they may be, in which pieces they come, and how real servers send
 * them. */
#include "unit/web_receiver.h"

#include "base/file.h"
#include "base/str.h"

/* {"a":"xxx…"} of n bytes. */
static char *body_of(size_t n)
{
    char *body = mem_zeroed(n + 1);
    memset(body, 'x', n);
    memcpy(body, "{\"a\":\"", 6);
    memcpy(body + n - 2, "\"}", 2);
    return body;
}

static bool say_all(int fd, const char *text)
{
    for (size_t n = strlen(text); n > 0;) {
        ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        text += sent;
        n -= (size_t)sent;
    }
    return true;
}

static int post_long(struct receiver *r, const char *headers, const char *body)
{
    CLEANUP(closep) int fd = dial(r->scene);
    CLEANUP(freep)
    char *head = mem_printf("POST /hooks/tv HTTP/1.1\r\nHost: x\r\n%s\r\n", headers);
    buf_clear(&r->answer);
    say_all(fd, head);
    say_all(fd, body);
    hear(fd, true, &r->answer);
    return status_in(&r->answer);
}

static int post_of(struct receiver *r, const char *token, size_t n)
{
    CLEANUP(freep) char *body = body_of(n);
    CLEANUP(freep) char *headers = mem_printf("%sContent-Length: %zu\r\n", token, n);
    return post_long(r, headers, body);
}

static void bodies_end_at_a_megabyte(void **state)
{
    struct receiver *r = *state;
    CLEANUP(freep) char *most = body_of(1048576);
    receiver_start(r);
    assert_int_equal(post_of(r, RIGHT, 1048576), 202);
    assert_true(took(r, "tv", most));
    assert_int_equal(post_of(r, RIGHT, 1048577), 413);
    assert_string_equal(body_in(&r->answer), "the body is longer than 1048576 bytes\n");
    assert_true(took_none(r));
}

/* Refused with the headers: nobody waits for a body that is too long, or for one without a token
 * (and the connection says so). */
static void long_bodies_are_refused_unread(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    assert_int_equal(post_long(r, RIGHT "Content-Length: 1048577\r\n", ""), 413);
    assert_int_equal(post_long(r, RIGHT "Content-Length: 9999999999999\r\n", ""), 413);
    assert_int_equal(post_long(r, "Content-Length: 1048577\r\n", ""), 401);
    assert_int_equal(post_long(r, "Transfer-Encoding: chunked\r\n", ""), 401);
    assert_int_equal(post_long(r, "Content-Length: 5\r\nExpect: 100-continue\r\n", ""), 401);
    assert_null(strstr(r->answer.at, "100 Continue"));
}

/* A short one is fetched first: who still sends would see a broken connection, not the answer. */
static void short_bodies_are_read_before_they_are_refused(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    CLEANUP(closep) int fd = dial(r->scene);
    for (int i = 0; i < 3; i++) {
        say(fd, "POST /hooks/tv HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n{\"a\"");
        usleep(20000);
        say(fd, ":1");
        buf_clear(&r->answer);
        hear(fd, true, &r->answer);
        assert_int_equal(status_in(&r->answer), 401);
    }
}

static void chunks_are_put_together(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    assert_int_equal(post_long(r, RIGHT "Transfer-Encoding: chunked\r\n",
                               "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"),
                     202);
    assert_true(took(r, "tv", "{\"a\":1}"));
    CLEANUP(freep) char *much = body_of(1048577);
    CLEANUP(freep) char *chunk = mem_printf("100001\r\n%s\r\n0\r\n\r\n", much);
    assert_int_equal(post_long(r, RIGHT "Transfer-Encoding: chunked\r\n", chunk), 413);
    assert_true(took_none(r));
}

static void two_lengths_are_refused(void **state)
{
    static const char *const headers[] = {
        RIGHT "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
        RIGHT "Content-Length: 2\r\nContent-Length: 2\r\n",
        RIGHT "Transfer-Encoding: gzip\r\n",
        RIGHT "Transfer-Encoding: gzip, chunked\r\n",
        RIGHT "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    };
    struct receiver *r = *state;
    receiver_start(r);
    for (size_t i = 0; i < COUNT(headers); i++)
        if (post_long(r, headers[i], "{}") != 400)
            fail_msg("%s: %s", headers[i], r->answer.at);
    assert_true(took_none(r));
}

static void continue_is_said_to_who_may(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    CLEANUP(closep) int fd = dial(r->scene);
    say(fd, "POST /hooks/tv HTTP/1.1\r\nHost: x\r\n" RIGHT
            "Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
    hear(fd, false, &r->answer);
    assert_int_equal(status_in(&r->answer), 100);
    buf_clear(&r->answer);
    say(fd, "{}");
    hear(fd, true, &r->answer);
    assert_int_equal(status_in(&r->answer), 202);
}

/* ---- as real servers send it: their headers, Basic "u:p" and ?token=t among them ---- */

/* The recorded headers but for what must fit the request. */
static void recorded_headers(const char *name, size_t n_body, struct buf *ret)
{
    CLEANUP(freep) char *path = mem_printf("tests/recordings/%s.headers.txt", name);
    CLEANUP(buf_done) struct buf b = {0};
    struct err e = {0};
    assert_true(file_read(path, 4096, &b, &e));
    char *rest = strchr(b.at, '\n');
    assert_non_null(rest);
    for (char *line; (line = strsep(&rest, "\n"));)
        if (*line && !str_starts(line, "Content-Length:") && !str_starts(line, "Host:"))
            buf_printf(ret, "%.*s\r\n", (int)strcspn(line, "\r"), line);
    buf_printf(ret, "Content-Length: %zu\r\n", n_body);
    assert_non_null(strstr(ret->at, "\r\nAuthorization: Basic dTpw\r\n"));
}

static void send_recorded(struct receiver *r, const char *name)
{
    CLEANUP(freep) char *path = mem_printf("tests/recordings/%s.json", name);
    CLEANUP(buf_done) struct buf head, body = {0};
    struct err e = {0};
    assert_true(file_read(path, 1 << 20, &body, &e));
    buf_init(&head, 4096);
    buf_puts(&head, "POST /hooks/tv?token=t HTTP/1.1\r\nHost: x\r\n");
    recorded_headers(name, body.n, &head);
    buf_puts(&head, "\r\n");
    CLEANUP(closep) int fd = dial(r->scene);
    say_all(fd, head.at);
    buf_clear(&r->answer);
    if (strstr(head.at, "\r\nExpect:")) {
        hear(fd, false, &r->answer);
        assert_int_equal(status_in(&r->answer), 100);
        buf_clear(&r->answer);
    }
    say_all(fd, body.at);
    hear(fd, true, &r->answer);
    assert_int_equal(status_in(&r->answer), 202);
    assert_true(took(r, "tv", body.at));
}

static void as_recorded(void **state)
{
    static const char *const names[] = {
        "sonarr-3.0.10/webhook.Test", "sonarr-3.0.10/webhook.EpisodeFileDelete",
        "sonarr-3.0.10/webhook.Grab", "sonarr-3.0.10/webhook.SeriesDelete",
        "radarr-3.0.1/webhook.Test",  "radarr-3.0.1/webhook.Grab",
    };
    struct receiver *r = *state;
    scene_start(r->scene);
    publish(r, "p", "first");
    for (size_t i = 0; i < COUNT(names); i++)
        send_recorded(r, names[i]);
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, receiver_setup, receiver_teardown)
    const struct CMUnitTest tests[] = {
        TEST(bodies_end_at_a_megabyte),
        TEST(long_bodies_are_refused_unread),
        TEST(short_bodies_are_read_before_they_are_refused),
        TEST(chunks_are_put_together),
        TEST(two_lengths_are_refused),
        TEST(continue_is_said_to_who_may),
        TEST(as_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
