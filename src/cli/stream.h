/* cli/stream.h — a list printed while it is read, whatever its length: a table in pages, JSON one
 * row after another, or addresses alone.
 *
 *   struct stream s;
 *   if (!stream_begin(&s, view, headings, &status)) return status;
 *   for every row, while stream_wants(&s):
 *       stream_cell(&s, text); …  stream_add(&s, address, object);
 *   return stream_end(&s, ok, &e); */
#ifndef SPL_CLI_STREAM_H
#define SPL_CLI_STREAM_H

#include "cli/table.h"
#include "cli/view.h"

struct stream {
    const struct view *view;
    struct table table; /* one page of it */
    size_t n, limit;
    const char *instance; /* of --instance, or NULL: all */
    bool is_more;         /* than the limit */
};

/* Reads --limit and --instance; false after saying why, *ret_exit is then the exit code. */
MUST_CHECK bool stream_begin(struct stream *s, const struct view *v, const char *const *headings,
                             int *ret_exit);
void stream_done(struct stream *s); /* for CLEANUP */
/* False when the limit is reached; asked when there is another row. */
bool stream_wants(struct stream *s);
void stream_cell(struct stream *s, const char *text);
void stream_cell_time(struct stream *s, utc_t at);
void stream_cell_int(struct stream *s, int64_t n);
/* The row is complete; steals `row`. */
void stream_add(struct stream *s, const char *address, json_t *row);
int stream_end(struct stream *s, bool ok, const struct err *e); /* the exit code */

/* Each applied instance that is asked for, while rows are wanted. */
MUST_CHECK bool stream_instances(struct stream *s,
                                 bool (*list)(struct stream *s, const struct resource *instance,
                                              struct err *e),
                                 struct err *e);

#endif
