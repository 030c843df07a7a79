/* tests/unit/web_receiver.h — a web thread with doors for a few instances, and the mailbox that the
 * engine would read. Include after nothing else. */
#ifndef SPL_TEST_WEB_RECEIVER_H
#define SPL_TEST_WEB_RECEIVER_H

#include "unit/web_client.h"

#define BODY "{\"eventType\":\"Grab\"}"
#define TOKEN "t0ken/of+tv"
#define RIGHT "X-Splintarr-Token: " TOKEN "\r\n"

struct receiver {
    struct scene *scene;
    struct mailbox *box;
    struct buf answer;
};

static inline int receiver_setup(void **ret)
{
    struct receiver *r = NEW(struct receiver);
    if (scene_setup((void **)&r->scene) != 0)
        return -1;
    r->box = mailbox_new();
    r->scene->setup.hooks = r->box;
    buf_init(&r->answer, 1 << 20);
    *ret = r;
    return 0;
}

static inline int receiver_teardown(void **state)
{
    struct receiver *r = *state;
    void *inner = r->scene;
    int rc = scene_teardown(&inner); /* the web first: it puts */
    mailbox_free(r->box);
    buf_done(&r->answer);
    mem_free(r);
    return rc;
}

static inline void wait_until_published(struct receiver *r, const char *word)
{
    for (int i = 0; i < 1000; i++) {
        CLEANUP(buf_done) struct buf b;
        buf_init(&b, 1 << 16);
        get(r->scene, "/readyz", &b);
        if (strncmp(body_in(&b), word, strlen(word)) == 0)
            return;
        usleep(1000);
    }
    fail();
}

/* Instances that declare a token, one of them an empty one; `word` tells when they are in force. */
static inline void publish(struct receiver *r, const char *tv_token, const char *word)
{
    CLEANUP(secret_done) struct secret tv = {0}, box = {0}, empty = {0};
    secret_set(&tv, tv_token, strlen(tv_token));
    secret_set(&box, "alices", 6);
    secret_set(&empty, "", 0);
    const struct web_door doors[] = {
        {"tv", &tv}, {"alice/box", &box}, {"open", &empty}, {"alice/tv", &box}};
    const struct web_status status = {.not_ready = word, .doors = doors, .n_doors = COUNT(doors)};
    assert_true(web_publish(r->scene->web, &status));
    wait_until_published(r, word);
}

enum { DOORS = 3, OFFERS = 3 }; /* without the empty one */

static inline void receiver_start(struct receiver *r)
{
    scene_start(r->scene);
    publish(r, TOKEN, "first");
}

static inline int post(struct receiver *r, const char *path, const char *headers, const char *body)
{
    CLEANUP(freep)
    char *rq = mem_printf("POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %zu\r\n\r\n%s", path,
                          headers, strlen(body), body);
    return ask(r->scene, rq, &r->answer);
}

static inline bool took(struct receiver *r, const char *instance, const char *body)
{
    CLEANUP(message_done) struct message m = {0};
    if (!mailbox_take(r->box, &m))
        return false;
    const struct web_hook *h = m.body;
    assert_string_equal(h->instance, instance);
    assert_string_equal(h->body, body);
    assert_int_equal(h->n_body, strlen(body));
    assert_true(m.n_bytes >= h->n_body);
    return true;
}

static inline bool took_none(struct receiver *r)
{
    CLEANUP(message_done) struct message m = {0};
    return !mailbox_take(r->box, &m);
}

#endif
