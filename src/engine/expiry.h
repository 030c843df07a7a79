/* engine/expiry.h — notices in time when an exclusion ends: one timer, to the next end. What ended
 * while nobody looked is told at once (engine/expired.h). */
#ifndef SPL_ENGINE_EXPIRY_H
#define SPL_ENGINE_EXPIRY_H

#include "engine/expired.h"
#include "loop/loop.h"

struct expiry;

struct expiry_setup {
    struct loop *loop;
    struct store *store; /* the writer */
    void (*on_event)(void *ctx, enum event event, const json_t *fields);
    void *ctx;
};
/* Everything in the setup is borrowed. */
struct expiry *expiry_new(const struct expiry_setup *setup);
struct expiry *expiry_free(struct expiry *x); /* takes NULL, returns NULL */
/* What is applied from now on, looked at in the next turn; it must live until the next is adopted.
 */
void expiry_adopt(struct expiry *x, const struct config *config);

#endif
