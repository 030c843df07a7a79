/* engine/simulate_server.h — a transport behind which no server is: what a modern Sonarr or Radarr
 * would say of the stored library, for `splintarr simulate`. Nothing leaves this process.
 *
 * Searches end after eight seconds. Whether one finds something is drawn from the rates that were
 * learned of the instance (model/rates.h), or is always no; what it finds is imported at once. The
 * same seed draws the same. Indexers and servers are always well, downloads never in the way. */
#ifndef SPL_ENGINE_SIMULATE_SERVER_H
#define SPL_ENGINE_SIMULATE_SERVER_H

#include "http/transport.h"
#include "loop/loop.h"
#include "model/config.h"
#include "store/store.h"

struct simulation_setup { /* all borrowed */
    struct loop *loop;
    struct store *store; /* a copy: finds are written into it */
    const struct config *config;
    uint64_t seed;
    bool finds; /* false: nothing is ever found */
};
struct transport *simulation_new(const struct simulation_setup *setup);
struct transport *simulation_free(struct transport *t); /* takes NULL, returns NULL */

#endif
