/* store/attempt_row.h — an attempt from its row. */
#ifndef SPL_STORE_ATTEMPT_ROW_H
#define SPL_STORE_ATTEMPT_ROW_H

#include "store/searches.h"
#include "store/stmt.h"

/* A row that begins with COLS_ATTEMPT of queries.def; texts live until the next step. */
enum { ATTEMPT_COLUMNS = 31 };
struct attempt attempt_read(const struct stmt *q);

#endif
