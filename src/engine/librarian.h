/* engine/librarian.h — has every library read again library.sync after it was read last, also
 * between the runs of its queues, which may be days apart: what airs is learned in time, and what
 * people look at is not old. One timer, to the earliest. Suspended instances are left alone, those
 * that do not answer until they do. */
#ifndef SPL_ENGINE_LIBRARIAN_H
#define SPL_ENGINE_LIBRARIAN_H

#include "engine/engine.h"

struct librarian;

/* Borrowed; the engine must outlive the librarian's last reading (free the engine first). */
struct librarian *librarian_new(struct engine *engine, struct loop *loop, struct store *store);
struct librarian *librarian_free(struct librarian *l); /* takes NULL, returns NULL */
/* The instances from now on; it must live until the next is adopted. */
void librarian_adopt(struct librarian *l, const struct config *config);
/* To be told every event of the engine: a library was read, or may be read again. */
void librarian_heard(struct librarian *l, enum event event);

#endif
