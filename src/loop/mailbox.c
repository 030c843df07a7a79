/* loop/mailbox.c — a ring under a mutex; an eventfd wakes the receiver's loop. */
#include "loop/mailbox.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"

enum { PER_TURN = 64 }; /* so that a flood of messages leaves the loop time for the rest */

struct mailbox {
    pthread_mutex_t lock; /* of ring, first, n and n_bytes */
    struct message ring[MAILBOX_MESSAGES];
    size_t first, n, n_bytes;
    int wake; /* eventfd */
    /* the receiver's alone */
    struct watch *watch;
    void (*fn)(void *ctx, struct message *m);
    void *ctx;
};

void message_done(struct message *m)
{
    if (m->body && m->free)
        m->free(m->body);
    else
        mem_free(m->body);
    m->body = NULL;
}

struct mailbox *mailbox_new(void)
{
    struct mailbox *box = NEW(struct mailbox);
    pthread_mutex_init(&box->lock, NULL);
    box->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    assert(box->wake >= 0);
    return box;
}

struct mailbox *mailbox_free(struct mailbox *box)
{
    if (!box)
        return NULL;
    mailbox_ignore(box);
    struct message m;
    while (mailbox_take(box, &m))
        message_done(&m);
    closep(&box->wake);
    pthread_mutex_destroy(&box->lock);
    mem_free(box);
    return NULL;
}

void mailbox_freep(struct mailbox **box)
{
    *box = mailbox_free(*box);
}

static void wake(const struct mailbox *box)
{
    ssize_t n = write(box->wake, &(uint64_t){1}, sizeof(uint64_t));
    assert(n > 0 || errno == EAGAIN); /* a counter that is full wakes as well */
}

static bool push(struct mailbox *box, const struct message *m)
{
    if (box->n == MAILBOX_MESSAGES || m->n_bytes > MAILBOX_BYTES - box->n_bytes)
        return false;
    box->ring[(box->first + box->n++) % MAILBOX_MESSAGES] = *m;
    box->n_bytes += m->n_bytes;
    return true;
}

bool mailbox_put(struct mailbox *box, const struct message *m)
{
    pthread_mutex_lock(&box->lock);
    bool has_room = push(box, m);
    pthread_mutex_unlock(&box->lock);
    if (has_room)
        wake(box);
    return has_room;
}

bool mailbox_take(struct mailbox *box, struct message *ret)
{
    pthread_mutex_lock(&box->lock);
    bool is_there = box->n > 0;
    if (is_there) {
        *ret = box->ring[box->first];
        box->first = (box->first + 1) % MAILBOX_MESSAGES;
        box->n--;
        box->n_bytes -= ret->n_bytes;
    }
    pthread_mutex_unlock(&box->lock);
    return is_there;
}

/* The counter is emptied before the ring is: a put in between wakes once more, for nothing. */
static void on_wake(void *ctx, uint32_t ready UNUSED)
{
    struct mailbox *box = ctx;
    uint64_t n_wakes;
    if (read(box->wake, &n_wakes, sizeof n_wakes) < 0)
        assert(errno == EAGAIN);
    for (int i = 0; i < PER_TURN && box->watch; i++) {
        CLEANUP(message_done) struct message m = {0};
        if (!mailbox_take(box, &m))
            return;
        box->fn(box->ctx, &m);
    }
    wake(box);
}

void mailbox_listen(struct mailbox *box, struct loop *l, void (*fn)(void *ctx, struct message *m),
                    void *ctx)
{
    assert(!box->watch);
    box->fn = fn;
    box->ctx = ctx;
    box->watch = loop_watch(l, box->wake, EPOLLIN, on_wake, box);
    wake(box);
}

void mailbox_ignore(struct mailbox *box)
{
    box->watch = watch_stop(box->watch);
}
