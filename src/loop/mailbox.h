/* loop/mailbox.h — messages from one thread to another's loop, bounded.
 *
 * Any thread may put; one thread takes, through its loop or by hand. A put never blocks: a mailbox
 * that holds MAILBOX_MESSAGES messages or MAILBOX_BYTES bytes is full and refuses. Messages arrive
 * in the order they were put. */
#ifndef SPL_LOOP_MAILBOX_H
#define SPL_LOOP_MAILBOX_H

#include "loop/loop.h"

enum { MAILBOX_MESSAGES = 1024, MAILBOX_BYTES = 8 * 1024 * 1024 };

struct mailbox;

struct message {
    int type;                 /* the two threads' own numbering */
    void *body;               /* owned; NULL: the type says it all */
    size_t n_bytes;           /* what the body weighs against MAILBOX_BYTES */
    void (*free)(void *body); /* NULL: mem_free */
};
void message_done(struct message *m); /* frees the body; for CLEANUP too */

struct mailbox *mailbox_new(void);
/* Takes NULL, returns NULL; frees what nobody took. Both threads are done with it by then, and the
 * receiver's loop still lives. */
struct mailbox *mailbox_free(struct mailbox *box);
void mailbox_freep(struct mailbox **box);

/* True: the body is the mailbox's now. False: full, the body stays the caller's. */
MUST_CHECK bool mailbox_put(struct mailbox *box, const struct message *m);
/* False: empty. The caller ends the message with message_done. */
MUST_CHECK bool mailbox_take(struct mailbox *box, struct message *ret);

/* Calls fn in l's thread for every message, a few per turn. The message ends after fn; to keep the
 * body, take it out and leave NULL. Inside fn mailbox_ignore is allowed, mailbox_free is not. */
void mailbox_listen(struct mailbox *box, struct loop *l, void (*fn)(void *ctx, struct message *m),
                    void *ctx);
void mailbox_ignore(struct mailbox *box); /* stops listening; what came stays */

#endif
