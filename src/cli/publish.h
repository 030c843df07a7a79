/* cli/publish.h — carries how the daemon is to where others look: conditions in the state, the
 * web's status, systemd's line. At most once a second, only after something changed. */
#ifndef SPL_CLI_PUBLISH_H
#define SPL_CLI_PUBLISH_H

#include "engine/daemon.h"
#include "web/web.h"

struct publisher;

/* All borrowed; `web` may be NULL. */
struct publisher *publisher_new(struct loop *l, struct store *store, struct secrets *secrets,
                                struct web *web);
struct publisher *publisher_free(struct publisher *p); /* takes NULL; the daemon is gone */
void publisher_start(struct publisher *p, const struct daemon *d);
void publisher_changed(struct publisher *p);

#endif
