/* cli/table.h — rows of text under headings, as wide as they need to be.
 *
 *   struct table t;  table_init(&t, (const char *const[]){"NAME", "CHANGED", NULL});
 *   table_cell(&t, name); table_cell(&t, when);   …row by row
 *   table_text(&t, &buf); table_done(&t);
 */
#ifndef SPL_CLI_TABLE_H
#define SPL_CLI_TABLE_H

#include "base/buf.h"
#include "base/vec.h"

struct table {
    const char *const *headings; /* borrowed, NULL-terminated */
    size_t n_columns;
    VEC(char *) cells;
    VEC(const char *) paints; /* as many; NULL: plain */
};

void table_init(struct table *t, const char *const *headings);
void table_done(struct table *t); /* for CLEANUP */
/* The next cell of the row; control characters are shown as '?'; NULL and "" as "-". */
void table_cell(struct table *t, const char *text);
void table_cellf(struct table *t, const char *fmt, ...) PRINTF(2, 3);
/* The last cell in that colour: an escape sequence, borrowed; NULL: plain. */
void table_paint(struct table *t, const char *escape);
size_t table_rows(const struct table *t);
void table_text(const struct table *t, struct buf *ret);
void table_clear(struct table *t); /* without rows, under the same headings */

#endif
