/* model/value_url.c — addresses of servers: http or https, a host, nothing secret. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/value_parts.h"

/* No message quotes the text: a URL may carry a password or a token. */

static size_t scheme_length(const char *text)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < COUNT(schemes); i++)
        if (strncasecmp(text, schemes[i], strlen(schemes[i])) == 0)
            return strlen(schemes[i]);
    return 0;
}

static bool refuse_scheme(const char *text, struct value_problem *p)
{
    const char *other = strstr(text, "://");
    if (other)
        return value_refuse(p, 0, "write http:// or https://", "only http and https are supported");
    value_refuse(p, 0, "write it like http://sonarr:8989", "the URL has no http:// or https://");
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:/");
    return text[0] && !text[n] && n < 120 ? value_advise(p, "write http://%s", text) : false;
}

static bool port_ok(const char *s, size_t n)
{
    enum { PORT_MAX = 65535, DIGITS_MAX = 5 };
    long port = n && n <= DIGITS_MAX && strspn(s, "0123456789") >= n ? strtol(s, NULL, 10) : 0;
    return port >= 1 && port <= PORT_MAX;
}

/* Length of a host name, IPv4 address or [IPv6 address] at `s`; 0 when there is none. */
static size_t host_length(const char *s)
{
    if (s[0] == '[') {
        size_t n = strspn(s + 1, "0123456789abcdefABCDEF:.");
        return n >= 2 && s[1 + n] == ']' ? n + 2 : 0;
    }
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || (n && s[n] == '.') || s[n] == '-' || s[n] == '_')
        n++;
    return n;
}

/* host[:port] in the n bytes at `at`. */
static bool authority_ok(const char *text, size_t at, size_t n, struct value_problem *p)
{
    if (memchr(text + at, '@', n)) {
        value_refuse(p, at, "remove user:password@", "a URL must not carry a password");
        p->is_secret = true;
        return false;
    }
    size_t host = host_length(text + at);
    if (!host || host > n)
        return value_refuse(p, at, "write it like http://sonarr:8989", "the URL has no host name");
    const char *colon = text + at + host;
    if (host == n || (*colon == ':' && port_ok(colon + 1, n - host - 1)))
        return true;
    if (*colon != ':')
        return value_refuse(p, at + host, NULL, "this character cannot be part of a host name");
    return value_refuse(p, at + host + 1, "a port is a number from 1 to 65535", "not a port");
}

static bool characters_ok(const char *text, struct value_problem *p)
{
    for (size_t i = 0; text[i]; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= ' ' || c == 0x7F || c == '\\' || c == '"' || c == '<' || c == '>')
            return value_refuse(p, i, "write it percent-encoded",
                                "this character cannot be part of a URL");
    }
    return true;
}

static bool tail_ok(const char *text, size_t at, enum url_use use, struct value_problem *p)
{
    size_t query = at + strcspn(text + at, "?#");
    if (text[query] == '#' || (text[query] == '?' && strchr(text + query, '#')))
        return value_refuse(p, query, "remove it", "a '#fragment' is never sent");
    if (text[query] == '?' && use == URL_BASE)
        return value_refuse(p, query, "remove everything from the '?' on",
                            "a base URL has no '?query'");
    return true;
}

bool value_url(const char *text, enum url_use use, char ret[static VALUE_URL],
               struct value_problem *p)
{
    size_t n = strlen(text), at = scheme_length(text);
    if (n >= VALUE_URL)
        return value_refuse(p, 0, NULL, "the URL is longer than %d bytes", VALUE_URL - 1);
    if (!at)
        return refuse_scheme(text, p);
    size_t n_authority = strcspn(text + at, "/?#");
    if (!characters_ok(text, p) || !authority_ok(text, at, n_authority, p) ||
        !tail_ok(text, at + n_authority, use, p))
        return false;
    while (text[n - 1] == '/' && !strchr(text, '?'))
        n--;
    snprintf(ret, VALUE_URL, "%.*s", (int)n, text);
    return true;
}
