/* engine/simulate.h — the real engine and its schedules on a virtual clock, over the stored library
 * (simulate_server.h): how many searches a configuration makes, how far that gets, what it never
 * reaches. Works on a copy of the state, which it changes. */
#ifndef SPL_ENGINE_SIMULATE_H
#define SPL_ENGINE_SIMULATE_H

#include "base/vec.h"
#include "loop/loop.h"
#include "model/config.h"
#include "model/timetable.h"
#include "store/store.h"

enum { SIMULATE_DAYS_MAX = 366, SIMULATE_NAMED_MAX = 10 };

struct simulate_setup {  /* all borrowed */
    struct store *store; /* the copy, careless */
    const struct config *config;
    struct loop *loop; /* virtual, on the store's clock; from where that stands on */
    int64_t days;
    uint64_t seed;
    bool finds;
};

struct simulated_queue { /* on one instance */
    const char *queue, *instance;
    bool is_suspended;   /* in the tree: it does not run, and is not expected to */
    bool is_unread;      /* nothing is known of the instance's library */
    int64_t runs, gated; /* that came to their end; that a gate stopped before any search */
    const char *gate;    /* the last of those; "" */
    utc_t next;          /* of a queue that never began: its next run; 0: there is none */
    enum opening hours;  /* of such a one, at the end */
    int64_t searches, found;
    int64_t eligible;        /* items that could have been searched at the beginning */
    int64_t never;           /* those of them that nobody searched */
    VEC(const char *) named; /* addresses of the first of these */
};
struct simulated_instance {
    const char *name;
    int64_t searches, found, queries; /* queries: estimated indexer cost */
    int64_t most_hour, most_day;      /* in any 60 minutes, in any 24 hours */
    int64_t cap_hour, cap_day;
    VEC(int64_t) by_day; /* searches in each 24 hours from the beginning */
};
struct simulated {
    struct arena *arena; /* owns the strings */
    utc_t from, until;
    bool is_interrupted; /* by a signal that the loop caught: the figures are not whole */
    VEC(struct simulated_queue) queues;
    VEC(struct simulated_instance) instances;
};
void simulated_done(struct simulated *s);

MUST_CHECK bool simulate(const struct simulate_setup *setup, struct simulated *ret, struct err *e);

/* Whether there are queues, and every one that is not suspended ran and reached everything that it
 * could. */
bool simulated_reached_all(const struct simulated *s);

#endif
