/* search/fold.h — texts from users and servers compared case folded, in every script: bytewise
 * where ASCII suffices, else as a caseless pattern. */
#ifndef SPL_SEARCH_FOLD_H
#define SPL_SEARCH_FOLD_H

#include <stdbool.h>

struct re;

/* A pattern that matches exactly this text in any case; NULL when ASCII folding says as much. */
struct re *fold_new(const char *text);

bool fold_eq(const char *a, const char *b);

#endif
