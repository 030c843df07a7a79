/* contrib/lint/analyzer.h — read before every file by `make analyze`, never by a compiler: err_set and err_in return
 * false always, which the analyzer cannot see from where they are called. */
#include "base/err.h"

#ifndef SPL_LINT_IS_ERR_C
#define err_set(...) (err_set(__VA_ARGS__), false)
#define err_in(...) (err_in(__VA_ARGS__), false)
#endif
