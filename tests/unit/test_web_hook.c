/* The receiver (web page, sections 5 and 7): who gets in, that nobody else learns anything, what
 * comes of it, and what one address may ask. Bodies: test_web_hook_body.c. */
#include "unit/web_receiver.h"

#include <stdatomic.h>

/* In the place of libsodium's: the same, and counts. */
static atomic_size_t n_compared;
int sodium_memcmp(const void *const a, const void *const b, size_t n);
int sodium_memcmp(const void *const a, const void *const b, size_t n)
{
    n_compared++;
    return memcmp(a, b, n) ? -1 : 0;
}

/* ---- hook_auth ---- */

/* Tokens: "t0ken/of+tv" of tv, "alices" of alice's two. Base64 by coreutils. */
static const struct auth_row {
    const char *path, *headers;
    const char *instance; /* NULL: 401 */
} auth_rows[] = {
    {"/hooks/tv", RIGHT, "tv"},
    {"/hooks/tv", "x-splintarr-TOKEN: " TOKEN "\r\n", "tv"},
    {"/hooks/tv", "Authorization: Basic dTp0MGtlbi9vZit0dg==\r\n", "tv"}, /* u:… */
    {"/hooks/tv", "Authorization: basic OnQwa2VuL29mK3R2\r\n", "tv"},     /* :… */
    {"/hooks/tv?token=t0ken/of+tv", "", "tv"},
    {"/hooks/tv?token=t0ken%2Fof%2btv", "", "tv"},
    {"/hooks/tv?a=b&token=t0ken/of+tv&c", "", "tv"},
    {"/hooks/tv?token=wrong", RIGHT, "tv"},
    {"/hooks/tv", "Authorization: Bearer of-a-proxy\r\n" RIGHT, "tv"},
    {"/hooks/alice/box?token=alices", "", "alice/box"},
    {"/hooks/alice/tv?token=alices", "", "alice/tv"},
    {"/hooks/tv", "", NULL},
    {"/hooks/tv?token=", "", NULL},
    {"/hooks/tv?token", "", NULL},
    {"/hooks/tv?token=t0ken/of+t", "", NULL},
    {"/hooks/tv?token=t0ken/of+tvx", "", NULL},
    {"/hooks/tv?token=T0KEN/OF+TV", "", NULL},
    {"/hooks/tv?token=t0ken/of%20tv", "", NULL},
    {"/hooks/tv?token=t0ken/of+tv%00", "", NULL},
    {"/hooks/tv?token=t0ken/of+tv%0", "", NULL},
    {"/hooks/tv?token=t0ken/of+tv%", "", NULL},
    {"/hooks/tv?token=wrong&token=t0ken/of+tv", "", NULL},
    {"/hooks/tv?xtoken=t0ken/of+tv", "", NULL},
    {"/hooks/tv?Token=t0ken/of+tv", "", NULL},
    {"/hooks/tv", "X-Splintarr-Token: wrong\r\n", NULL},
    {"/hooks/tv", "X-Splintarr-Token:\r\n", NULL},
    {"/hooks/tv", "Authorization: Bearer " TOKEN "\r\n", NULL},
    {"/hooks/tv", "Authorization: Basic " TOKEN "\r\n", NULL},
    {"/hooks/tv", "Authorization: Basic dDBrZW4vb2YrdHY=\r\n", NULL},     /* without a colon */
    {"/hooks/tv", "Authorization: Basic dTp0MGtlbi9vZit0dgA=\r\n", NULL}, /* and a NUL */
    {"/hooks/tv", "Authorization: Basic\r\n", NULL},
    {"/hooks/tv", "Cookie: token=" TOKEN "\r\n", NULL},
    {"/hooks/open", "", NULL}, /* declares an empty token */
    {"/hooks/open?token=", "", NULL},
    {"/hooks/nobody", "", NULL},
    {"/hooks/nobody", RIGHT, NULL},
    {"/hooks/box?token=alices", "", NULL},
    {"/hooks/alice/nobody?token=alices", "", NULL},
    {"/hooks/tv?token=alices", "", NULL},
    {"/hooks/bob/box?token=alices", "", NULL},
};

/* Without what differs from moment to moment. */
static void drop_date(struct buf *b)
{
    char *date = strstr(b->at, "Date: ");
    if (date)
        memset(date, 'x', strcspn(date, "\r"));
}

/* behaviour 29: with Basic, a header or the query; nobody reads the mailbox meanwhile, so the
 * answer waits for nothing that the sender would have to do */
static void hook_auth(void **state)
{
    struct receiver *r = *state;
    CLEANUP(freep) char *refusal = NULL;
    receiver_start(r);
    for (size_t i = 0; i < COUNT(auth_rows); i++) {
        const struct auth_row *row = &auth_rows[i];
        int status = post(r, row->path, row->headers, BODY);
        if (status != (row->instance ? 202 : 401))
            fail_msg("%s %s: %d", row->path, row->headers, status);
        if (row->instance)
            assert_true(took(r, row->instance, BODY));
        assert_true(took_none(r));
        drop_date(&r->answer);
        if (!row->instance && !refusal)
            refusal = mem_strdup(r->answer.at);
        if (!row->instance)
            assert_string_equal(r->answer.at, refusal);
    }
    assert_non_null(strstr(refusal, "\r\nWWW-Authenticate: Basic realm=\"Splintarr\"\r\n"));
    assert_null(strstr(refusal, "tv"));
}

/* Whatever is wrong, or right: each of the three places a token may stand in is compared with every
 * door. */
static void every_refusal_is_the_same_work(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    for (size_t i = 0; i < COUNT(auth_rows); i++) {
        n_compared = 0;
        post(r, auth_rows[i].path, auth_rows[i].headers, BODY);
        if (n_compared != DOORS * OFFERS)
            fail_msg("%s: %zu comparisons", auth_rows[i].path, (size_t)n_compared);
    }
}

/* behaviour 29 */
static void put_is_as_good(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    assert_int_equal(ask(r->scene,
                         "PUT /hooks/tv HTTP/1.1\r\nHost: evil.example\r\n" RIGHT
                         "Content-Length: 2\r\n\r\n{}",
                         &r->answer),
                     202);
    assert_true(took(r, "tv", "{}"));
    assert_int_equal(get(r->scene, "/hooks/tv?token=" TOKEN, &r->answer), 405);
    assert_non_null(strstr(r->answer.at, "\r\nAllow: POST, PUT\r\n"));
    assert_int_equal(get(r->scene, "/hooks/nobody", &r->answer), 405); /* as little told */
}

static void paths_are_exact(void **state)
{
    static const char *const paths[] = {
        "/hooks",
        "/hooks/",
        "/hooks//tv",
        "/hooks/tv/",
        "/hooks/TV",
        "/hooks/%74v",
        "/hooks/alice%2fbox",
        "/hooks/a/b/c",
        "/hooks/./tv",
        "/hooks/../hooks/tv",
        "/hooks/tv;",
        "/hooks/tv.json",
        "//hooks/tv",
        "/Hooks/tv",
        "/hooks/t_v",
    };
    struct receiver *r = *state;
    receiver_start(r);
    for (size_t i = 0; i < COUNT(paths); i++) {
        CLEANUP(freep)
        char *rq = mem_printf("POST %s HTTP/1.1\r\nHost: localhost\r\n" RIGHT "\r\n", paths[i]);
        int status = ask(r->scene, rq, &r->answer);
        if (status != 404)
            fail_msg("%s: %d", paths[i], status);
    }
}

static void a_new_token_replaces_the_old(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    publish(r, "another-token", "second");
    assert_int_equal(post(r, "/hooks/tv", RIGHT, BODY), 401);
    assert_int_equal(post(r, "/hooks/tv?token=another-token", "", BODY), 202);
    assert_true(web_publish(r->scene->web, &(struct web_status){.not_ready = "third"}));
    wait_until_published(r, "third");
    assert_int_equal(post(r, "/hooks/tv?token=another-token", "", BODY), 401);
}

/* ---- what comes of it ---- */

static void before_the_engine_speaks_nobody_gets_in(void **state)
{
    struct receiver *r = *state;
    scene_start(r->scene);
    assert_int_equal(post(r, "/hooks/tv", RIGHT, BODY), 503);
    assert_non_null(strstr(r->answer.at, "\r\nRetry-After: 1\r\n"));
}

static void unknown_events_are_taken(void **state)
{
    static const char *const bodies[] = {"{\"eventType\":\"SomethingNew\"}", "{}",
                                         " {\"eventType\":17} "};
    struct receiver *r = *state;
    receiver_start(r);
    for (size_t i = 0; i < COUNT(bodies); i++) {
        assert_int_equal(post(r, "/hooks/tv", RIGHT, bodies[i]), 202);
        assert_true(took(r, "tv", bodies[i]));
    }
}

static void what_is_no_json_is_refused(void **state)
{
    CLEANUP(buf_done) struct buf deep;
    struct receiver *r = *state;
    buf_init(&deep, 1000);
    buf_puts(&deep, "{\"a\":");
    for (int i = 0; i < 32; i++)
        buf_puts(&deep, "[");
    const char *const bodies[] = {"", "[]", "null", "eventType=Test", "{\"a\":1", "{}{}", deep.at};
    receiver_start(r);
    for (size_t i = 0; i < COUNT(bodies); i++)
        if (post(r, "/hooks/tv", RIGHT, bodies[i]) != 400)
            fail_msg("%s: %s", bodies[i], r->answer.at);
    assert_non_null(strstr(body_in(&r->answer), "32 deep"));
    assert_true(took_none(r));
}

/* The engine is busy: the sender is told at once, and the web waits for nobody. */
static void a_full_mailbox_is_503(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    for (int i = 0; i < MAILBOX_MESSAGES; i++)
        assert_true(mailbox_put(r->box, &(struct message){0}));
    assert_int_equal(post(r, "/hooks/tv", RIGHT, BODY), 503);
    assert_non_null(strstr(r->answer.at, "\r\nRetry-After: 10\r\n"));
    CLEANUP(message_done) struct message m = {0};
    assert_true(mailbox_take(r->box, &m));
    assert_int_equal(post(r, "/hooks/tv", RIGHT, BODY), 202);
}

static void without_a_mailbox_none_are_taken(void **state)
{
    struct receiver *r = *state;
    r->scene->setup.hooks = NULL;
    receiver_start(r);
    assert_int_equal(post(r, "/hooks/tv", RIGHT, BODY), 503);
}

static void refusals_are_counted(void **state)
{
    struct receiver *r = *state;
    receiver_start(r);
    post(r, "/hooks/tv", "", BODY);
    post(r, "/hooks/nobody", "", BODY);
    post(r, "/hooks/tv", RIGHT, "[]");
    post(r, "/hooks/tv", RIGHT, BODY);
    assert_int_equal(get(r->scene, "/metrics", &r->answer), 200);
    assert_non_null(
        strstr(r->answer.at,
               "\nsplintarr_hooks_total{instance=\"\",event=\"\",result=\"unauthorized\"} 2\n"
               "splintarr_hooks_total{instance=\"\",event=\"\",result=\"malformed\"} 1\n"));
    assert_null(strstr(r->answer.at, "result=\"busy\""));
}

/* ---- hook_flood ---- */

static int post_from(struct receiver *r, int from, const char *path)
{
    CLEANUP(closep) int fd = dial_from(r->scene, from);
    CLEANUP(freep)
    char *rq = mem_printf("POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}", path);
    buf_clear(&r->answer);
    say(fd, rq);
    hear(fd, true, &r->answer);
    return status_in(&r->answer);
}

static void hook_flood(void **state)
{
    struct receiver *r = *state;
    int n = 0;
    receiver_start(r);
    while (n < 200 && post_from(r, 2, "/hooks/tv?token=wrong") == 401)
        n++;
    assert_in_range(n, 29, 199);
    assert_int_equal(status_in(&r->answer), 429);
    assert_non_null(strstr(r->answer.at, "\r\nRetry-After: 1\r\n"));
    /* The right token is not even looked at; others are not concerned. */
    n_compared = 0;
    assert_int_equal(post_from(r, 2, "/hooks/tv?token=" TOKEN), 429);
    assert_int_equal(n_compared, 0);
    assert_int_equal(post_from(r, 3, "/hooks/tv?token=" TOKEN), 202);
    usleep(1100000);
    assert_int_equal(post_from(r, 2, "/hooks/tv?token=" TOKEN), 202);
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, receiver_setup, receiver_teardown)
    const struct CMUnitTest tests[] = {
        TEST(hook_auth),
        TEST(every_refusal_is_the_same_work),
        TEST(put_is_as_good),
        TEST(paths_are_exact),
        TEST(a_new_token_replaces_the_old),
        TEST(before_the_engine_speaks_nobody_gets_in),
        TEST(unknown_events_are_taken),
        TEST(what_is_no_json_is_refused),
        TEST(a_full_mailbox_is_503),
        TEST(without_a_mailbox_none_are_taken),
        TEST(refusals_are_counted),
        TEST(hook_flood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
