/* engine/imports.h — a find is a grab, a success is an import: what becomes of the releases that
 * our searches grabbed, from the server's history and from what it tells by itself. */
#ifndef SPL_ENGINE_IMPORTS_H
#define SPL_ENGINE_IMPORTS_H

#include "arr/arr.h"
#include "engine/engine.h"
#include "store/grabs.h"

struct import_news {
    const char *instance;
    enum item_kind kind;
    int64_t item_id;
    const char *download; /* "" none */
    enum grab_became became;
    const char *message; /* why; "" none */
    utc_t at;            /* our clock */
};
/* When one of our searches grabbed it, its record is completed and that is told (item_imported,
 * item_import_failed, item_deleted); otherwise nothing happens. The same news twice counts once. */
MUST_CHECK bool import_heard(struct engine *e, const struct import_news *news, struct err *err);

#endif
