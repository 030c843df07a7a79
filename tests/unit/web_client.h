/* tests/unit/web_client.h — a web thread on a free port with a state of its own, and a client that
 * speaks raw bytes to it. */
#ifndef SPL_TEST_WEB_CLIENT_H
#define SPL_TEST_WEB_CLIENT_H

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/buf.h"
#include "unit/store_state.h"
#include "web/web.h"

struct scene {
    struct state *state;
    struct web_setup setup;
    struct web *web;
    int from; /* of 127.0.0.x, clients come from; 0: 1 */
};

static inline int scene_setup(void **ret)
{
    struct scene *s = NEW(struct scene);
    if (state_setup((void **)&s->state) != 0)
        return -1;
    s->setup = (struct web_setup){
        .listen = "127.0.0.1:0",
        .store = {.dir = s->state->dir, .clock = &s->state->clock.clock},
        .version = "9.9-test",
    };
    *ret = s;
    return 0;
}

static inline int scene_teardown(void **state)
{
    struct scene *s = *state;
    web_stop(s->web);
    void *inner = s->state;
    mem_free(s);
    return state_teardown(&inner);
}

static inline void scene_start(struct scene *s)
{
    struct err e = {0};
    if (!web_start(&s->setup, &s->web, &e))
        fail_msg("%s", e.msg);
}

/* From 127.0.0.`from`, so that limits per address can be told from the whole. */
static inline int dial_from(const struct scene *s, int from)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in a = {.sin_family = AF_INET};
    a.sin_addr.s_addr = htonl(0x7f000000U + (uint32_t)from);
    assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
    a.sin_addr.s_addr = htonl(0x7f000001U);
    a.sin_port = htons((uint16_t)web_port(s->web));
    struct timeval limit = {.tv_sec = 10};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    return fd;
}

static inline int dial(const struct scene *s)
{
    return dial_from(s, s->from ? s->from : 1);
}

static inline bool say(int fd, const char *text)
{
    size_t n = strlen(text);
    return send(fd, text, n, MSG_NOSIGNAL) == (ssize_t)n;
}

/* How long the body is that these headers announce; -1: they are not complete yet. */
static inline long announced(const struct buf *b, size_t *ret_head)
{
    const char *end = strstr(b->at, "\r\n\r\n"), *length = strcasestr(b->at, "\r\nContent-Length:");
    if (!end)
        return -1;
    *ret_head = (size_t)(end - b->at) + 4;
    return length && length < end ? strtol(length + 17, NULL, 10) : 0;
}

/* One answer (with_body: what Content-Length announces too), or what came until the end. */
static inline void hear(int fd, bool with_body, struct buf *ret)
{
    char piece[4096];
    size_t head = 0;
    for (;;) {
        long body = announced(ret, &head);
        if (body >= 0 && ret->n >= head + (with_body ? (size_t)body : 0))
            return;
        ssize_t n = recv(fd, piece, sizeof piece, 0);
        if (n <= 0)
            return;
        buf_add(ret, piece, (size_t)n);
    }
}

static inline int status_in(const struct buf *b)
{
    int status = 0;
    return sscanf(b->at, "HTTP/1.1 %d ", &status) == 1 ? status : 0;
}

static inline const char *body_in(const struct buf *b)
{
    const char *end = strstr(b->at, "\r\n\r\n");
    return end ? end + 4 : "";
}

/* The whole exchange on a connection of its own; 0: closed without an answer. */
static inline int ask(const struct scene *s, const char *request, struct buf *ret)
{
    CLEANUP(closep) int fd = dial(s);
    buf_clear(ret);
    say(fd, request);
    hear(fd, strncmp(request, "HEAD ", 5) != 0, ret);
    return status_in(ret);
}

static inline int get(const struct scene *s, const char *path, struct buf *ret)
{
    CLEANUP(freep) char *rq = mem_printf("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
    return ask(s, rq, ret);
}

#endif
