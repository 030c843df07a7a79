/* search/titles.h — a set of titles, case folded: ASCII ones hashed, the others as caseless
 * patterns. */
#ifndef SPL_SEARCH_TITLES_H
#define SPL_SEARCH_TITLES_H

#include "base/err.h"

struct titles;

struct titles *titles_new(void);
struct titles *titles_free(struct titles *t); /* takes NULL, returns NULL */
void titles_add(struct titles *t, const char *title);
/* One title per line, # comments, blank lines and a BOM ignored. */
void titles_add_file(struct titles *t, const char *text);
bool titles_has(const struct titles *t, const char *title);

#endif
