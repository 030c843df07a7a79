/* Messages between two threads: order, bounds, ownership, and the loop that receives them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <sched.h>

#include "base/mem.h"
#include "loop/mailbox.h"

enum { FLOOD = 20000, STOP = -1 };

static void takes_in_order(void **state UNUSED)
{
    CLEANUP(mailbox_freep) struct mailbox *box = mailbox_new();
    assert_true(mailbox_put(box, &(struct message){.type = 1, .body = mem_strdup("one")}));
    assert_true(mailbox_put(box, &(struct message){.type = 2}));
    struct message m = {0};
    assert_true(mailbox_take(box, &m));
    assert_int_equal(m.type, 1);
    assert_string_equal(m.body, "one");
    message_done(&m);
    assert_true(mailbox_take(box, &m));
    assert_int_equal(m.type, 2);
    assert_null(m.body);
    assert_false(mailbox_take(box, &m));
}

static void count_is_bounded(void **state UNUSED)
{
    CLEANUP(mailbox_freep) struct mailbox *box = mailbox_new();
    for (int i = 0; i < 1024; i++)
        assert_true(mailbox_put(box, &(struct message){.type = i}));
    assert_false(mailbox_put(box, &(struct message){.type = 1024}));
    struct message m;
    assert_true(mailbox_take(box, &m));
    assert_true(mailbox_put(box, &(struct message){.type = 1024}));
    for (int i = 1; i <= 1024; i++) {
        assert_true(mailbox_take(box, &m));
        assert_int_equal(m.type, i);
    }
}

static void bytes_are_bounded(void **state UNUSED)
{
    CLEANUP(mailbox_freep) struct mailbox *box = mailbox_new();
    struct message half = {.n_bytes = 4 * 1024 * 1024}, one = {.n_bytes = 1}, m;
    struct message huge = {.n_bytes = SIZE_MAX};
    assert_false(mailbox_put(box, &huge));
    assert_true(mailbox_put(box, &half));
    assert_true(mailbox_put(box, &half));
    assert_false(mailbox_put(box, &one));
    assert_true(mailbox_take(box, &m));
    assert_true(mailbox_put(box, &one));
}

static void count_free(void *body)
{
    ++*(int *)body;
}

/* What nobody took is freed by its own function, once; what was refused is not. */
static void frees_the_rest(void **state UNUSED)
{
    int n_freed = 0;
    struct mailbox *box = mailbox_new();
    struct message m = {.body = &n_freed, .free = count_free, .n_bytes = MAILBOX_BYTES / 2 + 1};
    assert_true(mailbox_put(box, &m));
    assert_false(mailbox_put(box, &m));
    assert_int_equal(n_freed, 0);
    mailbox_free(box);
    assert_int_equal(n_freed, 1);
}

struct flood {
    struct mailbox *box;
    struct loop *loop;
    int next;
    int n_refused;
};

static void put_until_taken(struct flood *f, int number)
{
    int *body = NEW(int);
    *body = number;
    struct message m = {.type = number, .body = body, .n_bytes = sizeof *body};
    while (!mailbox_put(f->box, &m)) {
        f->n_refused++;
        sched_yield();
    }
}

static void *send_flood(void *ctx)
{
    struct flood *f = ctx;
    for (int i = 0; i < FLOOD; i++)
        put_until_taken(f, i);
    put_until_taken(f, STOP);
    return NULL;
}

static void on_message(void *ctx, struct message *m)
{
    struct flood *f = ctx;
    assert_int_equal(*(int *)m->body, m->type);
    if (m->type == STOP) {
        mailbox_ignore(f->box); /* nothing left to wait for: the loop ends */
        return;
    }
    assert_int_equal(m->type, f->next);
    f->next++;
}

static void two_threads(void **state UNUSED)
{
    struct flood f = {.box = mailbox_new(), .loop = loop_new(&clock_system)};
    mailbox_listen(f.box, f.loop, on_message, &f);
    pthread_t sender;
    assert_int_equal(pthread_create(&sender, NULL, send_flood, &f), 0);
    struct err e = {0};
    assert_true(loop_run(f.loop, &e));
    pthread_join(sender, NULL);
    assert_int_equal(f.next, FLOOD);
    mailbox_free(f.box);
    loop_free(f.loop);
}

static void keep(void *ctx, struct message *m)
{
    struct flood *f = ctx;
    f->next++;
    mem_free(TAKE(m->body));
    if (m->type == STOP)
        loop_stop(f->loop);
}

/* What was put before anybody listened wakes the loop all the same, and a body may be kept. */
static void early_messages_arrive(void **state UNUSED)
{
    CLEANUP(loop_freep) struct loop *loop = loop_new(&clock_system);
    struct flood f = {.box = mailbox_new(), .loop = loop};
    for (int i = 0; i < 200; i++)
        put_until_taken(&f, i == 199 ? STOP : i);
    mailbox_listen(f.box, loop, keep, &f);
    struct err e = {0};
    assert_true(loop_run(loop, &e));
    assert_int_equal(f.next, 200);
    mailbox_free(f.box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_in_order),    cmocka_unit_test(count_is_bounded),
        cmocka_unit_test(bytes_are_bounded), cmocka_unit_test(frees_the_rest),
        cmocka_unit_test(two_threads),       cmocka_unit_test(early_messages_arrive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
