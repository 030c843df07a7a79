/* model/ydoc_parts.h — what the files of the composer share. Not for other files. */
#ifndef SPL_MODEL_YDOC_PARTS_H
#define SPL_MODEL_YDOC_PARTS_H

#include <yaml.h>

#include "model/lines.h"
#include "model/ydoc.h"

/* How much a walk over a node meets, and how deep it gets. */
struct extent {
    size_t n_nodes;
    int height;
    size_t n_bytes; /* of its texts */
};

struct anchor {
    const char *name;
    struct ynode *node;
    struct extent extent;
    struct loc at;
    bool is_open; /* its node is not complete: an alias to it would be a circle */
};

struct ydoc {
    yaml_parser_t *parser;
    struct arena *arena;
    struct ybudget *budget;
    struct diags *diags;
    const char *file;
    const char *bytes; /* NUL-terminated copy */
    size_t n;
    struct lines lines;
    VEC(struct anchor) anchors;
    size_t cursor_index, cursor_offset; /* a character's number and its byte: marks ascend */
};

/* ---- ydoc.c ---- */

/* Byte offset of a mark of libyaml, whose index counts characters. */
size_t ydoc_offset(struct ydoc *y, const yaml_mark_t *mark);
struct loc ydoc_loc(const struct ydoc *y, const yaml_mark_t *mark);

/* Adds a finding with `n_cols` carets. `hints` may be NULL. Always returns false. */
bool ydoc_report(struct ydoc *y, enum diag_code code, struct loc at, int n_cols, const char *hints,
                 const char *fmt, ...) PRINTF(6, 7);
/* The same with another place. */
bool ydoc_report_two(struct ydoc *y, enum diag_code code, struct loc at, int n_cols,
                     struct loc related, const char *hints, const char *message);

/* The next event, which the caller deletes; false after reporting what libyaml found. */
MUST_CHECK bool ydoc_next(struct ydoc *y, yaml_event_t *ret);

/* Takes n nodes off the budget of the tree; false after reporting that it is spent. */
MUST_CHECK bool ydoc_spend(struct ydoc *y, size_t n_nodes, struct loc at);

/* ---- ydoc_compose.c ---- */

/* The node that `event` (taken and deleted) begins. NULL after reporting. */
struct ynode *ydoc_compose(struct ydoc *y, yaml_event_t *event);

/* ---- ydoc_scalar.c ---- */

struct ynode *ydoc_scalar(struct ydoc *y, const yaml_event_t *event);
struct ynode *ydoc_null(struct ydoc *y, struct loc at); /* a value already reported */
/* A tag this program does not know: reported, false. */
bool ydoc_tag_ok(struct ydoc *y, const char *tag, const yaml_event_t *event, enum ytag *ret);

/* ---- ydoc_map.c ---- */

/* Drops the second of two equal keys, after reporting it, and merges what `<<` brings: extents[i]
 * is that of entry i's value. *ret_extra: what merging adds to the map's extent. */
MUST_CHECK bool ydoc_map_finish(struct ydoc *y, struct ynode *map, const struct extent extents[],
                                struct extent *ret_extra);

/* ---- ydoc_error.c ---- */

/* Reports what libyaml stopped at, in our words. */
void ydoc_syntax_error(struct ydoc *y);
/* Reports an unresolved merge conflict; false when there is none. `is_broken`: the file did not
 * parse, so that a lone ======= counts too. */
bool ydoc_conflict(struct ydoc *y, bool is_broken);

#endif
