/* Who may ask what (web page, sections 1, 4 and 7): every route with every method, without
 * credentials and with them, under names that are not ours, and paths that are almost public. */
#include "unit/web_client.h"

#include <dirent.h>
#include <ifaddrs.h>
#include <net/if.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "web/access.h"
#include "web/router.h"

static const char *const methods[] = {"GET",   "HEAD",    "POST",  "PUT",  "DELETE",
                                      "PATCH", "OPTIONS", "TRACE", "BREW", "get"};

static struct buf fresh(void)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    return b;
}

static bool reads(const char *method)
{
    return str_eq(method, "GET") || str_eq(method, "HEAD");
}

static int send_to(const struct scene *s, const char *method, const char *path, const char *headers,
                   struct buf *b)
{
    CLEANUP(freep)
    char *rq = mem_printf("%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", method, path, headers);
    return ask(s, rq, b);
}

static void publish_ready(struct scene *s)
{
    CLEANUP(buf_done) struct buf b = fresh();
    assert_true(web_publish(s->web, &(struct web_status){0}));
    for (int i = 0; i < 100 && get(s, "/readyz", &b) != 200; i++)
        continue;
    assert_int_equal(status_in(&b), 200);
}

/* ---- unauth_sweep ---- */

/* A path of the row: names for what it captures. */
static char *path_of(const struct route *r)
{
    char *path = mem_strdup(r->path), *to = path;
    for (const char *c = path; *c; c++)
        if (*c != '{' && *c != '}')
            *to++ = *c;
    *to = '\0';
    return path;
}

static bool is_hook(const struct route *r)
{
    return r->access == ACCESS_HOOK;
}

/* No credential here is that of an instance. */
static int expected_of(const struct route *r, const char *method, int allowed)
{
    if (is_hook(r))
        return str_eq(method, "POST") || str_eq(method, "PUT") ? 401 : 405;
    if (!reads(method))
        return 405;
    return r->access == ACCESS_PUBLIC ? 200 : allowed;
}

static void sweep(struct scene *s, const char *headers, int when_guarded)
{
    CLEANUP(buf_done) struct buf b = fresh();
    for (size_t i = 0; i < web_routes_n; i++)
        for (size_t j = 0; j < COUNT(methods); j++) {
            const struct route *r = &web_routes[i];
            int expected = expected_of(r, methods[j], when_guarded);
            CLEANUP(freep) char *path = path_of(r);
            int status = send_to(s, methods[j], path, headers, &b);
            if (status != expected)
                fail_msg("%s %s: %d, not %d", methods[j], path, status, expected);
            if (status == 405)
                assert_non_null(strstr(b.at, is_hook(r) ? "\r\nAllow: POST, PUT\r\n"
                                                        : "\r\nAllow: GET, HEAD\r\n"));
            if (status == 401)
                assert_non_null(strstr(b.at, is_hook(r) ? "\r\nWWW-Authenticate: Basic "
                                                        : "\r\nWWW-Authenticate: Bearer\r\n"));
        }
}

static const char token_text[] = "s3cret-metrics-token";

/* A forwarding header stands for a peer that is not this machine. */
static void unauth_sweep(void **state)
{
    static const char *const credentials[] = {
        "X-Forwarded-For: 127.0.0.1\r\n",
        "X-Real-IP: 127.0.0.1\r\n",
        "Forwarded: for=127.0.0.1\r\n",
        "X-Forwarded-For: 192.0.2.7\r\nAuthorization: Bearer\r\n",
        "X-Forwarded-For: 192.0.2.7\r\nAuthorization: Bearer \r\n",
        "X-Forwarded-For: 192.0.2.7\r\nAuthorization: Bearer wrong\r\n",
        "X-Forwarded-For: 192.0.2.7\r\nAuthorization: Bearer s3cret-metrics-toke\r\n",
        "X-Forwarded-For: 192.0.2.7\r\nAuthorization: Bearer s3cret-metrics-token2\r\n",
        "X-Forwarded-For: 192.0.2.7\r\nAuthorization: Basic s3cret-metrics-token\r\n",
        "X-Forwarded-For: 192.0.2.7\r\nAuthorization: s3cret-metrics-token\r\n",
    };
    struct scene *s = *state;
    CLEANUP(secret_done) struct secret token = {0};
    secret_set(&token, token_text, strlen(token_text));
    s->setup.metrics_token = &token;
    state_open(s->state, STORE_CREATE);
    scene_start(s);
    publish_ready(s);
    for (size_t i = 0; i < COUNT(credentials); i++) {
        s->from++; /* nobody may offer so many wrong tokens to the receiver */
        sweep(s, credentials[i], 401);
    }
    s->from++;
    sweep(s, "X-Forwarded-For: 192.0.2.7\r\nAuthorization: Bearer s3cret-metrics-token\r\n", 200);
    sweep(s, "", 200);
    s->web = web_stop(s->web);
}

/* Without a token there is none to guess. */
static void no_token_is_no_credential(void **state)
{
    struct scene *s = *state;
    struct secret empty = {0};
    CLEANUP(buf_done) struct buf b = fresh();
    for (int i = 0; i < 2; i++) {
        s->setup.metrics_token = i ? &empty : NULL;
        scene_start(s);
        assert_int_equal(
            send_to(s, "GET", "/metrics", "X-Forwarded-For: x\r\nAuthorization: Bearer \r\n", &b),
            401);
        s->web = web_stop(s->web);
    }
}

/* An address of this machine that is not loopback; false when it has none. */
static bool own_address(struct sockaddr_in *ret)
{
    struct ifaddrs *list = NULL;
    bool is_found = false;
    if (getifaddrs(&list) < 0)
        return false;
    for (struct ifaddrs *i = list; i && !is_found; i = i->ifa_next) {
        if (!i->ifa_addr || i->ifa_addr->sa_family != AF_INET || (i->ifa_flags & IFF_LOOPBACK))
            continue;
        memcpy(ret, i->ifa_addr, sizeof *ret);
        is_found = true;
    }
    freeifaddrs(list);
    return is_found;
}

static void other_peers_need_the_token(void **state)
{
    struct scene *s = *state;
    struct sockaddr_in a;
    CLEANUP(buf_done) struct buf b = fresh();
    if (!own_address(&a))
        skip();
    s->setup.listen = "0.0.0.0:0";
    scene_start(s);
    a.sin_port = htons((uint16_t)web_port(s->web));
    CLEANUP(closep) int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    say(fd, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    hear(fd, true, &b);
    assert_int_equal(status_in(&b), 401);
}

/* ---- readonly_sweep ---- */

/* A digest over names and bytes of the state; -shm is SQLite's own scratch. */
static void digest_state(const struct state *t, char ret[static SHA256_HEX])
{
    struct dirent **names = NULL;
    struct sha256 *h = sha256_new();
    uint8_t digest[SHA256_BYTES];
    int n = scandir(t->dir, &names, NULL, alphasort);
    assert_true(n > 4); /* ".", "..", key, lock, database */
    for (int i = 0; i < n; i++) {
        CLEANUP(freep) char *path = mem_printf("%s/%s", t->dir, names[i]->d_name);
        CLEANUP(buf_done) struct buf b = {0};
        struct err e = {0};
        bool is_file = names[i]->d_type == DT_REG && !str_ends(path, "-shm");
        if (is_file && !file_read(path, 1 << 26, &b, &e))
            fail_msg("%s", e.msg);
        sha256_add(h, path, strlen(path) + 1);
        sha256_add(h, b.at, b.n);
        free(names[i]);
    }
    free(names);
    sha256_end(h, digest);
    hash_hex(digest, sizeof digest, ret);
}

static void readonly_sweep(void **state)
{
    struct scene *s = *state;
    char before[SHA256_HEX], after[SHA256_HEX];
    CLEANUP(secret_done) struct secret token = {0};
    secret_set(&token, token_text, strlen(token_text));
    s->setup.metrics_token = &token;
    state_open(s->state, STORE_CREATE); /* stays open, as the daemon's does */
    scene_start(s);
    publish_ready(s);
    digest_state(s->state, before);
    sweep(s, "Authorization: Bearer s3cret-metrics-token\r\n", 200);
    digest_state(s->state, after);
    assert_string_equal(before, after);
    OK(s->state, store_meta_set(s->state->store, "a", "b", &s->state->e));
    digest_state(s->state, after);
    assert_string_not_equal(before, after); /* the digest would have told */
    s->web = web_stop(s->web);
}

/* ---- public_paths_exact ---- */

static void public_paths_exact(void **state)
{
    static const struct {
        const char *before, *after;
    } near[] = {
        {"", "/"},    {"/", ""},     {"", "//"},  {"", "/."},  {"", "/.."},
        {"/.", ""},   {"/x/..", ""}, {"", "%20"}, {"", "%00"}, {"", "%2f"},
        {"/%2f", ""}, {"", ";"},     {"", ";x"},  {"", "x"},   {"", ".txt"},
        {"", "%3f"},  {"", "#"},     {"", "%"},   {"", "\\"},  {"", "&x=1"},
    };
    struct scene *s = *state;
    CLEANUP(buf_done) struct buf b = fresh();
    state_open(s->state, STORE_CREATE);
    scene_start(s);
    publish_ready(s);
    for (size_t i = 0; i < web_routes_n; i++) {
        if (is_hook(&web_routes[i]))
            continue; /* its near misses are names: test_web_hook.c */
        const char *path = web_routes[i].path;
        for (size_t j = 0; j < COUNT(near); j++) {
            CLEANUP(freep) char *text = mem_printf("%s%s%s", near[j].before, path, near[j].after);
            int status = get(s, text, &b);
            if (status != 404)
                fail_msg("%s: %d", text, status);
        }
        CLEANUP(freep) char *upper = mem_strdup(path);
        upper[1] = (char)(upper[1] - 'a' + 'A');
        assert_int_equal(get(s, upper, &b), 404);
        CLEANUP(freep) char *encoded = mem_printf("/%%%02x%s", path[1], path + 2);
        assert_int_equal(get(s, encoded, &b), 404);
        CLEANUP(freep) char *query = mem_printf("%s?a=/../x&b=%%00", path);
        assert_int_equal(get(s, query, &b), 200);
    }
}

static void duplicate_routes_are_refused(void **state UNUSED)
{
    const struct route twice[] = {
        {"GET", "/a", NULL, ACCESS_PUBLIC, OWN_HOST, ""},
        {"POST", "/a", NULL, ACCESS_PUBLIC, OWN_HOST, ""},
        {"GET", "/a", NULL, ACCESS_METRICS, OWN_HOST, ""},
    };
    CLEANUP(buf_done) struct buf allow = fresh();
    const struct route *found = NULL;
    struct err e = {0};
    assert_true(routes_check(twice, 2, &e));
    assert_false(routes_check(twice, 3, &e));
    assert_non_null(strstr(e.msg, "GET /a"));
    assert_int_equal(routes_find(twice, 2, "POST", "/a", &found, &allow), ROUTED);
    assert_ptr_equal(found, &twice[1]);
    buf_clear(&allow);
    assert_int_equal(routes_find(twice, 2, "PUT", "/a", &found, &allow), ROUTED_NO_METHOD);
    assert_string_equal(allow.at, "GET, HEAD, POST");
}

/* ---- host_header ---- */

static const char *const public_urls[] = {"https://Splintarr.example.org/base",
                                          "http://[fd00::1]:80"};
static const struct own_names names = {"homelab", public_urls, COUNT(public_urls)};

static const struct host_row {
    const char *host;
    bool is_own;
} host_rows[] = {
    {"localhost", true},
    {"LOCALHOST:7337", true},
    {"localhost.", true},
    {"127.0.0.1", true},
    {"192.168.1.5:7337", true},
    {"[::1]:7337", true},
    {"[fe80::1]", true},
    {"homelab", true},
    {"Homelab:80", true},
    {"splintarr.example.org", true},
    {"SPLINTARR.example.org:443", true},
    {"", false},
    {":80", false},
    {"evil.example", false},
    {"localhost.evil.example", false},
    {"127.0.0.1.evil.example", false},
    {"127.0.0.1@evil.example", false},
    {"evil.example#localhost", false},
    {"homelab.evil.example", false},
    {"xsplintarr.example.org", false},
    {"splintarr.example.org.evil.example", false},
    {"[::1", false},
    {"[evil]", false},
    {"1.2.3", false},
    {"0x7f000001", false},
};

static void hosts_are_told_apart(void **state UNUSED)
{
    for (size_t i = 0; i < COUNT(host_rows); i++)
        if (host_is_own(host_rows[i].host, &names) != host_rows[i].is_own)
            fail_msg("'%s' %s", host_rows[i].host, host_rows[i].is_own ? "is ours" : "is not ours");
    assert_false(host_is_own(NULL, &names));
    /* A machine without a name must not make every empty name its own. */
    assert_false(host_is_own("", &(struct own_names){.host_name = ""}));
}

static int get_as(const struct scene *s, const char *host, const char *path, struct buf *b)
{
    CLEANUP(freep) char *rq = mem_printf("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, host);
    return ask(s, rq, b);
}

static void host_header(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_done) struct buf b = fresh();
    s->setup.public_urls = public_urls;
    s->setup.n_public_urls = COUNT(public_urls);
    state_open(s->state, STORE_CREATE);
    scene_start(s);
    publish_ready(s);
    assert_int_equal(get_as(s, "splintarr.example.org", "/x", &b), 404);
    assert_int_equal(get_as(s, "127.0.0.1:7337", "/x", &b), 404);
    assert_int_equal(get_as(s, "evil.example", "/x", &b), 421);
    assert_non_null(strstr(body_in(&b), "--public-url"));
    for (size_t i = 0; i < web_routes_n; i++) {
        int known = is_hook(&web_routes[i]) ? 405 : 200;
        int expected = web_routes[i].hosts == ANY_HOST ? known : 421;
        CLEANUP(freep) char *path = path_of(&web_routes[i]);
        assert_int_equal(get_as(s, "evil.example", path, &b), expected);
    }
}

/* ---- readiness ---- */

static void expect_ready(struct scene *s, const char *not_ready, const char *word)
{
    CLEANUP(buf_done) struct buf b = fresh();
    CLEANUP(freep) char *line = mem_printf("%s\n", word);
    assert_true(web_publish(s->web, &(struct web_status){.not_ready = not_ready}));
    for (int i = 0; i < 100 && !str_eq(body_in(&b), line); i++)
        get(s, "/readyz", &b);
    assert_string_equal(body_in(&b), line);
    assert_int_equal(status_in(&b), str_eq(word, "ready") ? 200 : 503);
}

static void readiness_is_a_word(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_done) struct buf b = fresh();
    scene_start(s);
    assert_int_equal(get(s, "/readyz", &b), 503);
    assert_string_equal(body_in(&b), "starting\n");
    expect_ready(s, "invalid", "invalid");
    expect_ready(s, NULL, "database"); /* there is none yet */
    state_open(s->state, STORE_CREATE);
    expect_ready(s, NULL, "ready");
    expect_ready(s, "held", "held");
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(unauth_sweep),
        TEST(no_token_is_no_credential),
        TEST(other_peers_need_the_token),
        TEST(readonly_sweep),
        TEST(public_paths_exact),
        cmocka_unit_test(duplicate_routes_are_refused),
        cmocka_unit_test(hosts_are_told_apart),
        TEST(host_header),
        TEST(readiness_is_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
