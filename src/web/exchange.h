/* web/exchange.h — one request and its answer, as libmicrohttpd calls back. Used by server.c. */
#ifndef SPL_WEB_EXCHANGE_H
#define SPL_WEB_EXCHANGE_H

#include <microhttpd.h>

#include "web/server.h"

struct server {
    struct server_setup setup;
    struct MHD_Daemon *daemon;
    struct loop *loop; /* borrowed */
    struct watch *watch;
    struct timer *timer;
    bool has_ended; /* a connection, in this run */
};

/* A connection. */
struct peer {
    struct server *server;
    int fd; /* libmicrohttpd's */
    struct timer *deadline;
};
void peer_deadline(struct peer *p, ms_t wait); /* closed unless told otherwise by then */

void *exchange_begin(void *server, const char *uri, struct MHD_Connection *c);
enum MHD_Result exchange_step(void *server, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *n_upload, void **exchange);
void exchange_end(void *server, struct MHD_Connection *c, void **exchange,
                  enum MHD_RequestTerminationCode code);

#endif
