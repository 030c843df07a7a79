/* engine/online.h — a tree held against the world: does every reference lead to a value, does the
 * declared application answer at every url? For `validate --online`; changes nothing anywhere. */
#ifndef SPL_ENGINE_ONLINE_H
#define SPL_ENGINE_ONLINE_H

#include "http/transport.h"
#include "loop/loop.h"
#include "model/config.h"
#include "plan/secrets.h"

struct online_setup {  /* all borrowed */
    struct loop *loop; /* nothing else runs on it */
    struct transport *transport;
    const struct config *config;
    const struct secrets *secrets;
    struct diags *diags; /* E501, E502 and W012 go here */
};
/* Asks all instances side by side, one request each, and waits until the last has answered or
 * timed out. *ret_asked: how many were. */
MUST_CHECK bool online_check(const struct online_setup *setup, size_t *ret_asked, struct err *e);

#endif
