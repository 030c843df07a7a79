/* web/access.c — decisions from one request's headers and peer; no state. */
#include "web/access.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/str.h"
#include "web/server.h"

enum { HOST_MAX = 256 };

/* ---- Host ---- */

/* The host of "host:port" or "[v6]:port", lower-cased brackets and final dot removed; false: too
 * long or empty. */
static bool cut_host(const char *text, char ret[static HOST_MAX])
{
    const char *end = text[0] == '[' ? strchr(text, ']') : text + strcspn(text, ":/?#");
    const char *begin = text[0] == '[' ? text + 1 : text;
    if (!end || end <= begin || end - begin >= HOST_MAX)
        return false;
    size_t n = (size_t)(end - begin);
    memcpy(ret, begin, n);
    ret[n] = '\0';
    if (ret[n - 1] == '.')
        ret[n - 1] = '\0';
    return *ret != '\0';
}

static bool is_literal(const char *host)
{
    unsigned char ignored[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, host, ignored) == 1 || inet_pton(AF_INET6, host, ignored) == 1;
}

static bool is_host_of(const char *host, const char *url)
{
    char other[HOST_MAX];
    const char *rest = strstr(url, "://");
    return cut_host(rest ? rest + 3 : url, other) && str_case_eq(host, other);
}

bool host_is_own(const char *header, const struct own_names *names)
{
    char host[HOST_MAX];
    if (!header || !cut_host(header, host))
        return false;
    if (is_literal(host) || str_case_eq(host, "localhost") || str_case_eq(host, names->host_name))
        return true;
    for (size_t i = 0; i < names->n_public_urls; i++)
        if (is_host_of(host, names->public_urls[i]))
            return true;
    return false;
}

/* ---- peers and tokens ---- */

static bool is_loopback_v6(const struct in6_addr *a)
{
    return IN6_IS_ADDR_LOOPBACK(a) || (IN6_IS_ADDR_V4MAPPED(a) && a->s6_addr[12] == 127);
}

static bool is_loopback(const struct sockaddr *peer)
{
    if (peer->sa_family == AF_INET6)
        return is_loopback_v6(&((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr);
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)peer;
    return peer->sa_family == AF_INET && ntohl(v4->sin_addr.s_addr) >> 24 == 127;
}

bool request_is_local(const struct request *rq)
{
    return is_loopback(rq->peer) && !request_header(rq, "X-Forwarded-For") &&
           !request_header(rq, "Forwarded") && !request_header(rq, "X-Real-IP");
}

/* Hashes have one length, so the comparison tells nothing about the token's. */
bool request_bears(const struct request *rq, const struct secret *token)
{
    const char *given = request_header(rq, "Authorization");
    if (!token || !token->n || !given || strncasecmp(given, "Bearer ", 7) != 0)
        return false;
    given += 7;
    unsigned char ours[SHA256_BYTES], theirs[SHA256_BYTES];
    hash_sha256(token->value, token->n, ours);
    hash_sha256(given, strlen(given), theirs);
    return sodium_memcmp(ours, theirs, sizeof ours) == 0;
}
