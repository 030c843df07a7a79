/* web/doors.c — what a request offers, and whether a door opens for it. */
#include "web/doors.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "web/server.h"

enum { OFFER_MAX = 1024, NAME_MAX_BYTES = 256 };

/* ---- doors ---- */

/* Names hold no NUL, so name and token cannot be cut elsewhere. */
static void door_mac(const uint8_t key[static SHA256_BYTES], const char *name, const char *token,
                     uint8_t ret[static SHA256_BYTES])
{
    char text[NAME_MAX_BYTES + OFFER_MAX + 2];
    size_t n_name = strnlen(name, NAME_MAX_BYTES), n_token = strnlen(token, OFFER_MAX);
    memcpy(text, name, n_name);
    text[n_name] = '\0';
    memcpy(text + n_name + 1, token, n_token);
    hash_hmac(key, SHA256_BYTES, text, n_name + 1 + n_token, ret);
    explicit_bzero(text, sizeof text);
}

static bool can_open(const struct web_door *d)
{
    return d->token->n > 0 && d->token->n < OFFER_MAX && strlen(d->token->value) == d->token->n &&
           strlen(d->name) < NAME_MAX_BYTES;
}

void doors_copy(const struct web_door *from, size_t n, const uint8_t key[static SHA256_BYTES],
                struct arena *arena, struct doors *ret)
{
    struct door *at = ARENA_ARRAY(arena, struct door, n);
    *ret = (struct doors){.at = at};
    memcpy(ret->key, key, SHA256_BYTES);
    for (size_t i = 0; i < n; i++)
        if (can_open(&from[i]))
            door_mac(key, from[i].name, from[i].token->value, at[ret->n++].mac);
}

static bool opens(const struct doors *d, const char *name, const char *token)
{
    uint8_t mac[SHA256_BYTES];
    size_t n_equal = 0;
    door_mac(d->key, name, token, mac);
    for (size_t i = 0; i < d->n; i++)
        n_equal += sodium_memcmp(d->at[i].mac, mac, sizeof mac) == 0;
    return n_equal > 0;
}

/* ---- what is offered: "" nothing, or nothing that could be a token ---- */

typedef void offered(const struct request *rq, char ret[static OFFER_MAX]);

static void offered_basic(const struct request *rq, char ret[static OFFER_MAX])
{
    char pair[OFFER_MAX] = "";
    size_t n = 0;
    const char *given = request_header(rq, "Authorization");
    if (!given || strncasecmp(given, "Basic ", 6) != 0)
        return;
    given += 6;
    if (sodium_base642bin((unsigned char *)pair, sizeof pair - 1, given, strlen(given), " ", &n,
                          NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        n = 0;
    const char *colon = memchr(pair, ':', n);
    if (colon && !memchr(pair, '\0', n))
        memcpy(ret, colon + 1, strlen(colon + 1) + 1);
    explicit_bzero(pair, sizeof pair);
}

static void offered_header(const struct request *rq, char ret[static OFFER_MAX])
{
    const char *given = request_header(rq, "X-Splintarr-Token");
    if (given && strlen(given) < OFFER_MAX)
        memcpy(ret, given, strlen(given) + 1);
}

/* A byte of a query, %41 or as it stands; 0: neither, or a NUL. */
static char query_byte(const char **at)
{
    const char *s = (*at)++;
    unsigned char byte = 0;
    if (*s != '%')
        return *s;
    if (!isxdigit((unsigned char)s[1]) || !isxdigit((unsigned char)s[2]))
        return '\0';
    *at += 2;
    sodium_hex2bin(&byte, 1, s + 1, 2, NULL, NULL, NULL);
    return (char)byte;
}

static void offered_query(const struct request *rq, char ret[static OFFER_MAX])
{
    const char *s = rq->query;
    size_t n = 0;
    while (*s && !str_starts(s, "token="))
        s += strcspn(s, "&") + (s[strcspn(s, "&")] != '\0');
    if (!*s)
        return;
    bool is_text = true;
    for (s += strlen("token="); is_text && *s && *s != '&' && n < OFFER_MAX - 1; n++) {
        ret[n] = query_byte(&s);
        is_text = ret[n] != '\0';
    }
    bool is_whole = is_text && (!*s || *s == '&');
    ret[is_whole ? n : 0] = '\0';
}

static offered *const offers[] = {offered_basic, offered_header, offered_query};

/* All are tried, whatever the others said: as much work for every request. */
bool doors_open(const struct doors *d, const char *name, const struct request *rq)
{
    size_t n_open = 0;
    for (size_t i = 0; i < COUNT(offers); i++) {
        char token[OFFER_MAX] = "";
        offers[i](rq, token);
        n_open += opens(d, name, token);
        explicit_bzero(token, sizeof token);
    }
    return n_open > 0;
}
