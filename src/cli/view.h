/* cli/view.h — the applied state opened for reading: configuration, where each resource was
 * declared, and how it is doing. What get, describe, status and why stand on. */
#ifndef SPL_CLI_VIEW_H
#define SPL_CLI_VIEW_H

#include "base/vec.h"
#include "cli/cli.h"
#include "engine/condition.h"
#include "model/item.h"
#include "store/resources.h"

struct applied { /* what the state keeps about one resource beside its spec */
    const char *file;
    const char *written; /* JSON: the paths in its file; "": unknown */
    int line, col;
    int64_t from_rev;
    utc_t first_applied, since;
};

struct view {
    const struct cli *cli;
    struct store *store;
    bool has_daemon; /* one runs: how things are is what it says */
    struct config *config;
    struct secrets *secrets;
    struct revision revision; /* the newest */
    struct arena *arena;
    VEC(const char *) addresses; /* "queue/tv-missing", beside `applied` */
    VEC(struct applied) applied;
};

/* Opens the state for reading. False after saying why; *ret_exit is then the exit code. */
MUST_CHECK bool view_open(const struct cli *c, struct view *ret, int *ret_exit);
void view_done(struct view *v);

/* NULL for what the state does not hold (built-ins). */
const struct applied *view_applied(const struct view *v, const struct resource *r);
MUST_CHECK bool view_conditions(const struct view *v, const struct resource *r,
                                struct conditions *ret, struct err *e);

/* "queue/tv-missing" and its parts; false with a sentence (and what is near) when there is none. */
MUST_CHECK bool view_find(const struct view *v, const char *address, const struct resource **ret,
                          struct err *e);

/* Notes each instance, or the one, of whose library nothing is known yet: a list is short of it. */
void view_note_unread(const struct view *v, const char *instance);

/* "episode/sonarr-main/4711": false when it is no item's address. `ret_instance` holds `size`
 * bytes. */
bool view_item_address(const char *address, enum item_kind *ret_kind, char *ret_instance,
                       size_t size, int64_t *ret_id);

/* One resource as `get -o json` gives it; steals nothing; caller decrefs. NULL with *e on failure.
 */
json_t *view_json(const struct view *v, const struct resource *r, struct err *e);

#endif
