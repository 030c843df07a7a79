/* web/listen.c — parses, binds, listens. */
#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "base/str.h"

enum { BACKLOG = 128 };

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static bool read_host(char *host, int port, union address *ret)
{
    *ret = (union address){0};
    size_t n = strlen(host);
    if (host[0] == '[' && host[n - 1] == ']') {
        host[n - 1] = '\0';
        ret->v6.sin6_family = AF_INET6;
        ret->v6.sin6_port = htons((uint16_t)port);
        return inet_pton(AF_INET6, host + 1, &ret->v6.sin6_addr) == 1;
    }
    ret->v4.sin_family = AF_INET;
    ret->v4.sin_port = htons((uint16_t)port);
    return inet_pton(AF_INET, host, &ret->v4.sin_addr) == 1;
}

static bool read_address(const char *where, union address *ret)
{
    CLEANUP(freep) char *host = mem_strdup(where);
    char *colon = strrchr(host, ':');
    int64_t port;
    if (!colon || colon == host || !str_int(colon + 1, &port) || port < 0 || port > 65535)
        return false;
    *colon = '\0';
    return read_host(host, (int)port, ret);
}

static bool bind_to(int fd, const union address *a)
{
    socklen_t n = a->any.sa_family == AF_INET6 ? sizeof a->v6 : sizeof a->v4;
    return !setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) &&
           !bind(fd, &a->any, n) && !listen(fd, BACKLOG);
}

static int bound_port(int fd)
{
    union address a = {0};
    socklen_t n = sizeof a;
    if (getsockname(fd, &a.any, &n) < 0)
        return 0;
    return ntohs(a.any.sa_family == AF_INET6 ? a.v6.sin6_port : a.v4.sin_port);
}

bool listen_on(const char *where, int *ret_fd, int *ret_port, struct err *e)
{
    union address a;
    if (!read_address(where, &a))
        return err_set(e, ERR_USAGE,
                       "cannot listen on '%s': write ADDRESS:PORT, such as 127.0.0.1:7337 or "
                       "[::]:7337 (--listen)",
                       where);
    CLEANUP(closep) int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || !bind_to(fd, &a))
        return err_set(e, ERR_IO, "cannot listen on %s: %s (--listen chooses another address)",
                       where, strerror(errno));
    *ret_port = bound_port(fd);
    *ret_fd = fd;
    fd = -1;
    return true;
}
