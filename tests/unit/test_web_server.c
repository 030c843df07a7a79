/* The server's limits and manners, over raw sockets. */
#include "unit/web_client.h"

#include "web/server.h"

#define HOST "Host: localhost\r\n"

static struct buf *fresh(void)
{
    struct buf *b = NEW(struct buf);
    buf_init(b, 1 << 20);
    return b;
}

static void buf_freep(struct buf **b)
{
    buf_done(*b);
    mem_free(*b);
}

static void says_ok(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    scene_start(s);
    assert_int_equal(get(s, "/healthz", b), 200);
    assert_string_equal(body_in(b), "ok\n");
    assert_non_null(strstr(b->at, "Content-Type: text/plain; charset=utf-8\r\n"));
}

static void head_has_headers_alone(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    scene_start(s);
    assert_int_equal(ask(s, "HEAD /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n", b), 200);
    assert_non_null(strstr(b->at, "Content-Length: 3\r\n"));
    assert_string_equal(body_in(b), "");
}

static void every_answer_is_guarded(void **state)
{
    static const char *const headers[] = {
        "Content-Security-Policy: default-src 'none'",
        "frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Permissions-Policy: ",
        "Cross-Origin-Opener-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin",
        "Cache-Control: no-store",
    };
    static const char *const paths[] = {"/healthz", "/readyz", "/nowhere"};
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    scene_start(s);
    for (size_t i = 0; i < COUNT(paths); i++) {
        get(s, paths[i], b);
        for (size_t j = 0; j < COUNT(headers); j++)
            assert_non_null(strstr(b->at, headers[j]));
    }
}

static void connection_is_kept(void **state)
{
    struct scene *s = *state;
    scene_start(s);
    CLEANUP(closep) int fd = dial(s);
    for (int i = 0; i < 20; i++) {
        CLEANUP(buf_freep) struct buf *b = fresh();
        assert_true(say(fd, "GET /healthz HTTP/1.1\r\n" HOST "\r\n"));
        hear(fd, true, b);
        assert_int_equal(status_in(b), 200);
    }
}

static void pipeline_is_answered_in_order(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    scene_start(s);
    CLEANUP(closep) int fd = dial(s);
    assert_true(say(fd, "GET /healthz HTTP/1.1\r\n" HOST "\r\nGET /nowhere HTTP/1.1\r\n" HOST
                        "Connection: close\r\n\r\n"));
    char piece[4096];
    for (ssize_t n; (n = recv(fd, piece, sizeof piece, 0)) > 0;)
        buf_add(b, piece, (size_t)n);
    const char *first = strstr(b->at, "HTTP/1.1 200"), *second = strstr(b->at, "HTTP/1.1 404");
    assert_true(first && second && first < second);
}

/* ---- hostile requests ---- */

static const struct hostile {
    const char *request;
    int status;
} hostile[] = {
    {"GET /healthz HTTP/1.1\r\n\r\n", 400}, /* no Host */
    {"GET /healthz HTTP/1.1\r\n" HOST HOST "\r\n", 400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", 400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc", 400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", 400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Content-Length: 99999\r\n\r\n", 400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
     400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 400},
    {"POST /healthz HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", 400},
    {"POST /healthz HTTP/1.1\r\n" HOST "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n",
     400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n", 400},
    {"GET /healthz HTTP/1.1\r\n" HOST "Content-Length: 9999999999999999999999\r\n\r\n", 413},
    {"GET /healthz HTTP/1.1\r\n" HOST " folded: yes\r\n\r\n", 400},
    {"GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n", 400},
    {"GET /healthz HTTP/9.9\r\n" HOST "\r\n", 505},
};

static void hostile_requests_are_refused(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    scene_start(s);
    for (size_t i = 0; i < COUNT(hostile); i++) {
        int status = ask(s, hostile[i].request, b);
        if (status != hostile[i].status)
            fail_msg("%s: expected %d, got %d", hostile[i].request, hostile[i].status, status);
    }
    assert_int_equal(get(s, "/healthz", b), 200);
}

/* "GET /aaa… HTTP/1.1" of exactly n bytes. */
static int get_line_of(const struct scene *s, size_t n, struct buf *b)
{
    CLEANUP(freep) char *path = mem_zeroed(n);
    memset(path, 'a', n - strlen("GET / HTTP/1.1"));
    CLEANUP(freep) char *rq = mem_printf("GET /%s HTTP/1.1\r\n" HOST "\r\n", path);
    return ask(s, rq, b);
}

static void request_line_is_bounded(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    scene_start(s);
    assert_int_equal(get_line_of(s, 8192, b), 404);
    assert_int_equal(get_line_of(s, 8193, b), 414);
    assert_int_equal(get_line_of(s, 300000, b), 414);
}

/* Headers of n bytes in all, in lines of at most 1,000. */
static int get_headers_of(const struct scene *s, size_t n, struct buf *b)
{
    CLEANUP(buf_freep) struct buf *rq = fresh();
    buf_puts(rq, "GET /healthz HTTP/1.1\r\n" HOST);
    for (n -= strlen(HOST); n > 0;) {
        size_t line = n > 2000 ? 1000 : n > 1000 ? 900 : n;
        buf_printf(rq, "X-A: %0*d\r\n", (int)(line - strlen("X-A: \r\n")), 0);
        n -= line;
    }
    buf_puts(rq, "\r\n");
    return ask(s, rq->at, b);
}

static void headers_are_bounded(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    scene_start(s);
    assert_int_equal(get_headers_of(s, 32768, b), 200);
    assert_int_equal(get_headers_of(s, 32769, b), 431);
    assert_int_equal(get_headers_of(s, 500000, b), 431);
}

/* ---- deadlines ---- */

static void headers_may_not_drip(void **state)
{
    struct scene *s = *state;
    s->setup.header_deadline = 300;
    scene_start(s);
    CLEANUP(closep) int fd = dial(s);
    ms_t begun = clock_mono(&clock_system);
    say(fd, "GET /healthz HTTP/1.1\r\n");
    while (clock_mono(&clock_system) - begun < 5000 && say(fd, "X-Drip: 1\r\n"))
        usleep(50000);
    ms_t took = clock_mono(&clock_system) - begun;
    assert_in_range(took, 250, 4000);
}

static void idle_connections_end(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_freep) struct buf *b = fresh();
    s->setup.idle_deadline = 200;
    scene_start(s);
    CLEANUP(closep) int fd = dial(s);
    say(fd, "GET /healthz HTTP/1.1\r\n" HOST "\r\n");
    hear(fd, true, b);
    assert_int_equal(status_in(b), 200);
    char c;
    assert_int_equal(recv(fd, &c, 1, 0), 0);
}

static void an_endless_body_ends(void **state)
{
    struct scene *s = *state;
    s->setup.answer_deadline = 300;
    scene_start(s);
    CLEANUP(closep) int fd = dial(s);
    ms_t begun = clock_mono(&clock_system);
    say(fd, "POST /healthz HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    while (clock_mono(&clock_system) - begun < 5000 && say(fd, "1\r\na\r\n"))
        usleep(20000);
    assert_true(clock_mono(&clock_system) - begun < 4000);
}

/* ---- counts ---- */

/* Connections that have all been answered once, so that the server knows each. */
static size_t dial_many(const struct scene *s, int from, size_t n, int fds[])
{
    size_t n_answered = 0;
    for (size_t i = 0; i < n; i++) {
        CLEANUP(buf_freep) struct buf *b = fresh();
        struct timeval limit = {.tv_usec = 300000};
        fds[i] = dial_from(s, from);
        setsockopt(fds[i], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        say(fds[i], "GET /healthz HTTP/1.1\r\n" HOST "\r\n");
        hear(fds[i], true, b);
        n_answered += status_in(b) == 200;
    }
    return n_answered;
}

static void hang_up(int fds[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        closep(&fds[i]);
}

static void an_address_has_32(void **state)
{
    struct scene *s = *state;
    int fds[34], other[1];
    scene_start(s);
    assert_int_equal(dial_many(s, 1, 34, fds), 32);
    assert_int_equal(dial_many(s, 2, 1, other), 1);
    hang_up(fds, 34);
    hang_up(other, 1);
}

static void all_have_256(void **state)
{
    struct scene *s = *state;
    int fds[8][32], other[1];
    scene_start(s);
    for (int i = 0; i < 8; i++)
        assert_int_equal(dial_many(s, 1 + i, 32, fds[i]), 32);
    assert_int_equal(dial_many(s, 9, 1, other), 0);
    hang_up(other, 1);
    hang_up(fds[0], 32);
    assert_int_equal(dial_many(s, 9, 1, other), 1);
    hang_up(other, 1);
    for (int i = 1; i < 8; i++)
        hang_up(fds[i], 32);
}

/* ---- beginning and end ---- */

static void bad_addresses_are_named(void **state)
{
    static const char *const bad[] = {"",          ":7337",           "localhost:1",
                                      "127.0.0.1", "127.0.0.1:65536", "127.0.0.1:-1",
                                      "::1:80",    "[::1:80",         "1.2.3:80"};
    struct scene *s = *state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct err e = {0};
        s->setup.listen = bad[i];
        assert_false(web_start(&s->setup, &s->web, &e));
        assert_int_equal(e.code, ERR_USAGE);
        assert_non_null(strstr(e.msg, "--listen"));
    }
}

static void a_taken_port_is_said(void **state)
{
    struct scene *s = *state;
    scene_start(s);
    CLEANUP(freep) char *same = mem_printf("127.0.0.1:%d", web_port(s->web));
    struct web_setup setup = s->setup;
    struct web *second = NULL;
    struct err e = {0};
    setup.listen = same;
    assert_false(web_start(&setup, &second, &e));
    assert_int_equal(e.code, ERR_IO);
    assert_non_null(strstr(e.msg, same));
    assert_non_null(strstr(e.msg, "in use"));
}

static void listens_on_v6(void **state)
{
    struct scene *s = *state;
    struct err e = {0};
    s->setup.listen = "[::1]:0";
    if (!web_start(&s->setup, &s->web, &e))
        skip(); /* a machine without IPv6 */
    CLEANUP(closep) int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    a.sin6_port = htons((uint16_t)web_port(s->web));
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    CLEANUP(buf_freep) struct buf *b = fresh();
    say(fd, "GET /healthz HTTP/1.1\r\nHost: [::1]:7337\r\n\r\n");
    hear(fd, true, b);
    assert_int_equal(status_in(b), 200);
}

/* With requests half sent and answers not fetched. */
static void stops_while_busy(void **state)
{
    struct scene *s = *state;
    int fds[10];
    scene_start(s);
    for (int i = 0; i < 10; i++) {
        fds[i] = dial(s);
        say(fds[i], i % 2 ? "GET /healthz HTTP/1.1\r\n" HOST "\r\n" : "GET /heal");
    }
    s->web = web_stop(s->web);
    hang_up(fds, 10);
    scene_start(s);
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(says_ok),
        TEST(head_has_headers_alone),
        TEST(every_answer_is_guarded),
        TEST(connection_is_kept),
        TEST(pipeline_is_answered_in_order),
        TEST(hostile_requests_are_refused),
        TEST(request_line_is_bounded),
        TEST(headers_are_bounded),
        TEST(headers_may_not_drip),
        TEST(idle_connections_end),
        TEST(an_endless_body_ends),
        TEST(an_address_has_32),
        TEST(all_have_256),
        TEST(bad_addresses_are_named),
        TEST(a_taken_port_is_said),
        TEST(listens_on_v6),
        TEST(stops_while_busy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
