/* store/sql.h — every statement of state/queries.def by name: SQL_meta_get. */
#ifndef SPL_STORE_SQL_H
#define SPL_STORE_SQL_H

#include <stdbool.h>

enum sql {
#define SQL(name, flags, text) SQL_##name,
#include "../state/queries.def"
#undef SQL
    SQL_N
};

/* Flags of a row. */
enum {
    SCANS_NOTHING = 0,
    SCAN_OK = 1, /* may walk a whole table: it is small, or all of it is asked for */
    IS_PRAGMA = 2,
};
struct sql_row {
    const char *name, *text;
    unsigned flags;
};
extern const struct sql_row sql_rows[SQL_N];

#endif
