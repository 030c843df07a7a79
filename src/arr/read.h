/* arr/read.h — members both applications have, read tolerantly: absent is 0 or "", never NULL, and
 * numbers are bounded. */
#ifndef SPL_ARR_READ_H
#define SPL_ARR_READ_H

#include <jansson.h>

#include "base/arena.h"
#include "model/item.h"

const char *read_str(const json_t *o, const char *key); /* borrowed */
int read_int(const json_t *o, const char *key);
ms_t read_minutes(const json_t *o, const char *key);
const char *read_ids(struct arena *m, const json_t *o, const char *key);   /* " 1 4 7 " */
const char *read_words(struct arena *m, const json_t *o, const char *key); /* "|Drama|Crime|" */

/* Why a file was deleted: because another took its place. */
bool read_is_replaced(const char *reason);

/* 16 hex digits over a whole object, whatever the order of its members. */
void read_fingerprint(const json_t *o, char ret[static 17]);

/* What a file's custom formats are worth, if it says so. */
void read_score(const json_t *file, struct item *ret);

/* What series and movies share. */
void read_title_common(struct arena *m, const json_t *o, struct title *ret);
/* What an item takes from its title. */
void read_item_common(const json_t *o, const struct title *t, struct item *ret);

#endif
