/* model/ywrite.h — YAML text out of values. What is written reads back as the same text, in this
 * program and in every reader of YAML 1.1 or 1.2: whatever might look like something else there is
 * quoted. */
#ifndef SPL_MODEL_YWRITE_H
#define SPL_MODEL_YWRITE_H

#include <jansson.h>

#include "base/buf.h"

/* One scalar, on one line, for block and flow places alike. */
void ywrite_text(struct buf *b, const char *text);

/* A JSON object as a document: maps as blocks, keys in the object's order, lists of scalars on one
 * line. Nesting is the caller's to bound. */
void ywrite_document(struct buf *b, const json_t *object);

#endif
