/* base/str.h — questions about strings. Nothing here allocates. */
#ifndef SPL_BASE_STR_H
#define SPL_BASE_STR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"

bool str_eq(const char *a, const char *b);      /* NULL equals only NULL */
bool str_case_eq(const char *a, const char *b); /* ASCII case folded */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* Whole string as a decimal integer; false for empty, signs other than one leading '-', trailing
 * text, or what does not fit. */
MUST_CHECK bool str_int(const char *s, int64_t *ret);
MUST_CHECK bool str_real(const char *s, double *ret); /* digits with at most one '.' */

bool str_is_utf8(const char *s, size_t n_bytes);
size_t str_columns(const char *s, size_t n_bytes); /* characters, for carets */

/* Damerau-Levenshtein distance (optimal string alignment), at most `limit`. */
int str_distance(const char *a, const char *b, int limit);

/* The name among n that `s` was probably meant to be: distance below 3 (Terraform's threshold) or a
 * prefix match; NULL when none is near. */
const char *str_did_you_mean(const char *s, const char *const names[], size_t n);

#endif
