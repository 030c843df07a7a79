/* engine/hooks.h — what a server says of itself, taken as a hint: nothing is believed that is not
 * asked again, except what becomes of our own grabs, where its history tells the same later. */
#ifndef SPL_ENGINE_HOOKS_H
#define SPL_ENGINE_HOOKS_H

#include "arr/hook.h"
#include "engine/engine.h"

struct hooks;

/* Borrowed; the engine must outlive it (free the hooks after the engine: its last request tells
 * them). */
struct hooks *hooks_new(struct engine *engine, struct loop *loop);
struct hooks *hooks_free(struct hooks *h); /* takes NULL, returns NULL */

/* Titles that something happened to are read again 30 s after the last of it; a search under way is
 * looked at sooner; ends of grabs are noted; news of indexers have /health read. Late, repeated and
 * unknown news do no harm. ERR_USAGE: no such instance is applied. */
MUST_CHECK bool hooks_heard(struct hooks *h, const char *instance, const struct arr_hook *news,
                            struct err *e);

#endif
