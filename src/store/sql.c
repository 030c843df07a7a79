/* store/sql.c — the table of statements. */
#include "store/sql.h"

const struct sql_row sql_rows[SQL_N] = {
#define SQL(n, f, t) [SQL_##n] = {.name = #n, .text = t, .flags = f},
#include "../state/queries.def"
#undef SQL
};
