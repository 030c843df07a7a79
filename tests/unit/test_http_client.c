/* The real transport against a small hostile server on loopback: a child process that answers each
 * connection by the path asked for. Expected ends are those of transport.h; the wire bytes are
 * written by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/client.h"

/* ---- the server ---- */

static const struct {
    const char *path, *answer;
    int drip_ms; /* between bytes; 0: at once */
    bool stays;  /* does not close */
} answers[] = {
    {.path = "/json",
     .answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json; "
               "charset=utf-8\r\nX-Application-Version: 4.0.19.2979\r\n"
               "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 5\r\n\r\n[1,2]"},
    {.path = "/chunked",
     .answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
               "chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n"},
    {.path = "/redirect",
     .answer =
         "HTTP/1.1 307 Temporary Redirect\r\nLocation: /sonarr/json\r\nContent-Length: 0\r\n\r\n"},
    {.path = "/see-other",
     .answer = "HTTP/1.1 303 See Other\r\nLocation: /json\r\nContent-Length: 0\r\n\r\n"},
    {.path = "/busy",
     .answer = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"},
    {.path = "/html",
     .answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"},
    {.path = "/cut",
     .answer =
         "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n[1,"},
    {.path = "/cutchunk",
     .answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
               "chunked\r\n\r\n3\r\n[1,\r\n"},
    {.path = "/garbage", .answer = "\x01\x02 hello\r\n\r\n"},
    {.path = "/nothing", .answer = ""},
    {.path = "/tarpit", .answer = "", .stays = true},
    {.path = "/drip",
     .answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[1,1,1,1,1,1,1,1,1,1,1,1]",
     .drip_ms = 100},
};

static void send_answer(int fd, const char *request)
{
    char path[64] = "";
    sscanf(request, "%*s %63[^? ]", path);
    for (size_t i = 0; i < COUNT(answers); i++) {
        if (strcmp(path, answers[i].path) != 0)
            continue;
        size_t n = strlen(answers[i].answer);
        for (size_t at = 0; at < n;) {
            size_t piece = answers[i].drip_ms ? 1 : n;
            if (send(fd, answers[i].answer + at, piece, MSG_NOSIGNAL) < 0)
                return;
            at += piece;
            usleep((unsigned)answers[i].drip_ms * 1000);
        }
        if (answers[i].stays)
            sleep(30);
        return;
    }
    if (strcmp(path, "/endless") == 0) {
        static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[";
        char ones[4096];
        memset(ones, '1', sizeof ones);
        send(fd, head, strlen(head), MSG_NOSIGNAL);
        while (send(fd, ones, sizeof ones, MSG_NOSIGNAL) > 0)
            ;
    }
    if (strcmp(path, "/echo") == 0) { /* gives the request back */
        char reply[5000];
        int n =
            snprintf(reply, sizeof reply,
                     "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s",
                     strlen(request), request);
        send(fd, reply, (size_t)n, MSG_NOSIGNAL);
    }
}

static void NORETURN serve(int listener)
{
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0 || fork() != 0) {
            close(fd);
            continue;
        }
        char request[4096];
        ssize_t n = recv(fd, request, sizeof request - 1, 0);
        request[n > 0 ? n : 0] = '\0';
        usleep(20000); /* a body sent after the headers joins them */
        if (n > 0 && strncmp(request, "POST", 4) == 0) {
            ssize_t more = recv(fd, request + n, sizeof request - 1 - (size_t)n, MSG_DONTWAIT);
            request[n + (more > 0 ? more : 0)] = '\0';
        }
        send_answer(fd, request);
        _exit(0);
    }
}

/* ---- asking ---- */

struct scene {
    pid_t server;
    int port, dead_port;
    struct loop *loop;
    struct transport *client;
    /* the last reply, copied */
    enum http_end end;
    int status, n_done;
    char type[64], location[64], version[64], body[5000], problem[400], streamed[64];
    utc_t date;
    ms_t retry_after;
};

static int listen_on_loopback(int *ret_port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&a, n), 0);
    assert_int_equal(listen(fd, 64), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &n), 0);
    *ret_port = ntohs(a.sin_port);
    return fd;
}

static int set_up(void **state)
{
    struct scene *s = NEW(struct scene);
    struct err e = {0};
    int listener = listen_on_loopback(&s->port), dead = listen_on_loopback(&s->dead_port);
    close(dead);
    s->server = fork();
    if (s->server == 0) {
        setpgid(0, 0); /* to end with its children */
        serve(listener);
    }
    setpgid(s->server, s->server);
    close(listener);
    s->loop = loop_new(&clock_system);
    assert_true(http_client_new(s->loop, "test", &s->client, &e));
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *s = *state;
    http_client_free(s->client);
    loop_free(s->loop);
    kill(-s->server, SIGKILL);
    waitpid(s->server, NULL, 0);
    mem_free(s);
    return 0;
}

static void on_done(void *ctx, const struct http_reply *r)
{
    struct scene *s = ctx;
    s->n_done++;
    s->end = r->end;
    s->status = r->status;
    s->date = r->date;
    s->retry_after = r->retry_after;
    snprintf(s->type, sizeof s->type, "%s", r->content_type);
    snprintf(s->location, sizeof s->location, "%s", r->location);
    snprintf(s->version, sizeof s->version, "%s", r->version);
    snprintf(s->body, sizeof s->body, "%s", r->body);
    snprintf(s->problem, sizeof s->problem, "%s", r->problem);
}

static bool on_chunk(void *ctx, const char *bytes, size_t n)
{
    struct scene *s = ctx;
    size_t have = strlen(s->streamed), room = sizeof s->streamed - 1 - have;
    snprintf(s->streamed + have, room + 1, "%.*s", (int)MIN(n, room), bytes);
    return true;
}

static struct http_request request_for(struct scene *s, char url[static 100], const char *path)
{
    snprintf(url, 100, "http://127.0.0.1:%d%s", s->port, path);
    return (struct http_request){.method = "GET",
                                 .url = url,
                                 .timeout = 1000,
                                 .body_max = 1024 * 1024,
                                 .on_done = on_done,
                                 .ctx = s};
}

static void ask(struct scene *s, const struct http_request *r)
{
    struct err e = {0};
    s->n_done = 0;
    s->streamed[0] = '\0';
    s->client->start(s->client, r);
    assert_int_equal(s->n_done, 0); /* never inside start */
    assert_true(loop_run(s->loop, &e));
    assert_int_equal(s->n_done, 1);
}

static void get(struct scene *s, const char *path)
{
    char url[100];
    struct http_request r = request_for(s, url, path);
    ask(s, &r);
}

static void answers_arrive(void **state)
{
    struct scene *s = *state;
    get(s, "/json?apikey=hidden");
    assert_int_equal(s->end, HTTP_ANSWERED);
    assert_int_equal(s->status, 200);
    assert_string_equal(s->type, "application/json");
    assert_string_equal(s->version, "4.0.19.2979");
    assert_string_equal(s->body, "[1,2]");
    assert_int_equal(s->date, 784111777000); /* the example of RFC 9110 section 5.6.7 */
    get(s, "/chunked");
    assert_string_equal(s->body, "[1,2]");
}

static void redirects_are_told_not_followed(void **state)
{
    struct scene *s = *state;
    get(s, "/redirect");
    assert_int_equal(s->status, 307);
    assert_string_equal(s->location, "/sonarr/json");
    /* Followed it would become a GET, and its 200 look like success. */
    char url[100];
    struct http_request r = request_for(s, url, "/see-other");
    r.method = "POST";
    r.body = "{}";
    ask(s, &r);
    assert_int_equal(s->status, 303);
    assert_string_equal(s->location, "/json");
    assert_string_equal(s->body, "");
    get(s, "/busy");
    assert_int_equal(s->status, 503);
    assert_int_equal(s->retry_after, 120000);
}

static void lists_stream_pages_do_not(void **state)
{
    struct scene *s = *state;
    char url[100];
    struct http_request r = request_for(s, url, "/chunked");
    r.on_chunk = on_chunk;
    ask(s, &r);
    assert_string_equal(s->streamed, "[1,2]");
    assert_string_equal(s->body, "");
    r = request_for(s, url, "/html");
    r.on_chunk = on_chunk;
    ask(s, &r);
    assert_string_equal(s->streamed, "");
    assert_string_equal(s->body, "<html>");
}

static void each_trouble_has_its_end(void **state)
{
    struct scene *s = *state;
    static const struct {
        const char *path;
        enum http_end end;
        const char *says;
    } rows[] = {
        {"/cut", HTTP_CUT, "ended early"},
        {"/cutchunk", HTTP_CUT, "ended early"},
        {"/nothing", HTTP_REFUSED, "without an answer"},
        {"/garbage", HTTP_BROKEN, "does not speak HTTP"},
        {"/endless", HTTP_TOO_LARGE, "larger than 1 MiB"},
        {"/tarpit", HTTP_TIMEOUT, "did not answer within 1 s"},
        {"/drip", HTTP_TIMEOUT, "within 1 s"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        get(s, rows[i].path);
        if (s->end != rows[i].end || !strstr(s->problem, rows[i].says))
            fail_msg("%s: end %d, '%s'", rows[i].path, (int)s->end, s->problem);
    }
}

static void nobody_there(void **state)
{
    struct scene *s = *state;
    char url[100], expected[100];
    struct http_request r = request_for(s, url, "/");
    snprintf(url, sizeof url, "http://127.0.0.1:%d/x?apikey=hidden", s->dead_port);
    snprintf(expected, sizeof expected, "nobody listens on 127.0.0.1:%d", s->dead_port);
    ask(s, &r);
    assert_int_equal(s->end, HTTP_REFUSED);
    assert_string_equal(s->problem, expected);
    snprintf(url, sizeof url, "http://no-such-host.invalid/");
    ask(s, &r);
    assert_int_equal(s->end, HTTP_NO_NAME);
    snprintf(url, sizeof url, "http://169.254.169.254/latest/meta-data/");
    ask(s, &r);
    assert_int_equal(s->end, HTTP_FORBIDDEN);
    snprintf(url, sizeof url, "http://[::ffff:169.254.169.254]/");
    ask(s, &r);
    assert_int_equal(s->end, HTTP_FORBIDDEN);
    snprintf(url, sizeof url, "file:///etc/passwd");
    ask(s, &r);
    assert_int_equal(s->end, HTTP_BROKEN);
}

static void a_post_has_its_length(void **state)
{
    struct scene *s = *state;
    char url[100];
    struct http_request r = request_for(s, url, "/echo");
    r.method = "POST";
    r.body = "{\"name\":1}";
    r.headers[0] = (struct http_header){"X-Api-Key", "k"};
    ask(s, &r);
    assert_non_null(strstr(s->body, "POST /echo HTTP/1.1"));
    assert_non_null(strstr(s->body, "Content-Length: 10\r\n"));
    assert_non_null(strstr(s->body, "Content-Type: application/json\r\n"));
    assert_non_null(strstr(s->body, "X-Api-Key: k\r\n"));
    assert_non_null(strstr(s->body, "{\"name\":1}"));
    r.body = "";
    ask(s, &r);
    assert_non_null(strstr(s->body, "Content-Length: 0\r\n"));
}

static void a_cancelled_call_is_silent(void **state)
{
    struct scene *s = *state;
    char url[100], other[100];
    struct err e = {0};
    struct http_request slow = request_for(s, url, "/tarpit"),
                        quick = request_for(s, other, "/json");
    struct http_call *call = s->client->start(s->client, &slow);
    s->n_done = 0;
    s->client->start(s->client, &quick);
    s->client->cancel(s->client, call);
    assert_true(loop_run(s->loop, &e));
    assert_int_equal(s->n_done, 1);
    assert_int_equal(s->status, 200);
    s->client->start(s->client, &slow); /* left for tear_down to free with the client */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_arrive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(redirects_are_told_not_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_stream_pages_do_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_trouble_has_its_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_post_has_its_length, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cancelled_call_is_silent, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
