/* http_rude_server.h — a server in a process of its own that answers as no server should. Include
 * after cmocka.h. */
#ifndef TESTS_HTTP_RUDE_SERVER_H
#define TESTS_HTTP_RUDE_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

#define JSON_200 "HTTP/1.1 200 OK\r\nContent-Type: Application/JSON; charset=utf-8\r\n"

/* ---- the server ---- */

struct shared {
    atomic_int n_connections, n_kills, n_redirects;
    int elsewhere; /* a port to be redirected to */
};

static inline void say(int fd, const char *text)
{
    send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static inline void answer_kept(int fd, struct shared *shared UNUSED)
{
    say(fd, JSON_200 "Content-Length: 2\r\n\r\n[]");
}

static inline void answer_gzip(int fd, struct shared *shared UNUSED)
{
    /* printf '[1,2,3]' | gzip -n9 */
    static const unsigned char zipped[] = {0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02,
                                           0x03, 0x8B, 0x36, 0xD4, 0x31, 0xD2, 0x31, 0x8E, 0x05,
                                           0x00, 0xE9, 0xB3, 0x6D, 0xFD, 0x07, 0x00, 0x00, 0x00};
    say(fd, JSON_200 "Content-Encoding: gzip\r\nContent-Length: 27\r\n\r\n");
    send(fd, zipped, sizeof zipped, MSG_NOSIGNAL);
}

static inline void answer_empty(int fd, struct shared *shared UNUSED)
{
    say(fd, "HTTP/1.1 204 No Content\r\n\r\n");
}

static inline void answer_no_key(int fd, struct shared *shared UNUSED)
{
    say(fd, "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\nContent-Length: 2"
            "\r\n\r\n{}");
}

static inline void answer_later(int fd, struct shared *shared UNUSED)
{
    say(fd, "HTTP/1.1 503 Unavailable\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Retry-After: Sun, 06 Nov 1994 08:51:07 GMT\r\nContent-Length: 0\r\n\r\n");
}

/* Twelve elements in 1.2 s. */
static inline void answer_slowly(int fd, struct shared *shared UNUSED)
{
    say(fd, JSON_200 "Content-Length: 25\r\n\r\n[0");
    for (int i = 1; i < 12; i++) {
        usleep(100000);
        say(fd, ",1");
    }
    say(fd, "]");
}

static inline void answer_large_page(int fd, struct shared *shared UNUSED)
{
    char spaces[4096];
    memset(spaces, ' ', sizeof spaces);
    say(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    while (send(fd, spaces, sizeof spaces, MSG_NOSIGNAL) > 0)
        ;
}

static inline void answer_headers(int fd, struct shared *shared UNUSED)
{
    say(fd, "HTTP/1.1 200 OK\r\n");
    while (send(fd, "X-Filler: filler\r\n", 18, MSG_NOSIGNAL) > 0)
        ;
}

static inline void answer_reset(int fd, struct shared *shared UNUSED)
{
    struct linger now = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    shutdown(fd, SHUT_RD);
    close(fd);
}

static inline void answer_never(int fd UNUSED, struct shared *shared UNUSED)
{
    sleep(30);
}

static inline void answer_gone(int fd, struct shared *shared)
{
    shared->n_kills++;
    shutdown(fd, SHUT_RDWR);
}

/* In every way there is, one after another. */
static inline void answer_elsewhere(int fd, struct shared *shared)
{
    static const int codes[] = {301, 302, 303, 307, 308};
    CLEANUP(freep)
    char *text = mem_printf("HTTP/1.1 %d Elsewhere\r\nLocation: http://127.0.0.1:%d/kept\r\n"
                            "Content-Length: 0\r\n\r\n",
                            codes[shared->n_redirects++ % (int)COUNT(codes)], shared->elsewhere);
    say(fd, text);
}

static const struct {
    const char *path;
    void (*answer)(int fd, struct shared *shared);
} answers[] = {
    {"/kept", answer_kept},       {"/gzip", answer_gzip},       {"/empty", answer_empty},
    {"/no-key", answer_no_key},   {"/later", answer_later},     {"/slow", answer_slowly},
    {"/page", answer_large_page}, {"/headers", answer_headers}, {"/reset", answer_reset},
    {"/never", answer_never},     {"/gone", answer_gone},       {"/elsewhere", answer_elsewhere},
};

/* Requests of one connection, one after the other; each fits one packet on loopback. */
static inline void NORETURN serve_one(int fd, struct shared *shared)
{
    char request[4096], path[32];
    for (;;) {
        ssize_t n = recv(fd, request, sizeof request - 1, 0);
        if (n <= 0)
            _exit(0);
        request[n] = '\0';
        if (sscanf(request, "%*s %31[^? ]", path) != 1)
            _exit(1);
        for (size_t i = 0; i < COUNT(answers); i++)
            if (strcmp(path, answers[i].path) == 0)
                answers[i].answer(fd, shared);
    }
}

static inline void NORETURN serve(int listener, struct shared *shared)
{
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        shared->n_connections++;
        if (fork() == 0)
            serve_one(fd, shared);
        close(fd);
    }
}

#endif
