/* bench/genserver.h — a server that makes up its answers while it sends them: lists of any size
 * without any memory, so that what is measured is the client. Answers everything a sync and a dry
 * run ask. */
#ifndef BENCH_GENSERVER_H
#define BENCH_GENSERVER_H

#include "http/transport.h"
#include "loop/loop.h"
#include "model/names.h"

struct genserver_setup {
    enum app app;
    int n_titles, n_each; /* series and episodes of each; movies and 1 */
    int n_changed;        /* see genserver_change */
};
struct genserver_counts {
    uint64_t requests, bytes;
    long peak_anon_kib; /* highest RssAnon seen while sending */
};

struct transport *genserver_new(struct loop *loop, const struct genserver_setup *setup);
struct transport *genserver_free(struct transport *t);
const struct genserver_counts *genserver_counts(const struct transport *t);

/* From now on the first `n` series have a file less. */
void genserver_change(struct transport *t, int n);

/* Writes the whole title list to `fd`, for the comparison with a plain parse. */
void genserver_dump(const struct genserver_setup *setup, int fd);

long rss_anon_kib(void); /* of this process, now */

#endif
