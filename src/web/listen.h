/* web/listen.h — a listening TCP socket from "ADDR:PORT". */
#ifndef SPL_WEB_LISTEN_H
#define SPL_WEB_LISTEN_H

#include "base/err.h"

/* "127.0.0.1:7337", "[::]:7337"; addresses only, no names. Caller closes *ret_fd; *ret_port is the
 * one that was bound. */
MUST_CHECK bool listen_on(const char *where, int *ret_fd, int *ret_port, struct err *e);

#endif
