/* plan/render.h — lines of a plan, in one of its two looks: for a terminal, and for a diff block in
 * Markdown, which colours a line by its first character. For the render_*.c of this room. */
#ifndef SPL_PLAN_RENDER_H
#define SPL_PLAN_RENDER_H

#include "plan/parts.h"

enum tint { TINT_NONE, TINT_ADD, TINT_CHANGE, TINT_REMOVE, TINT_DIM, TINT_BOLD };

struct style {
    bool has_color;
    bool is_diff; /* signs come first on their line, and '!' is the sign of a change */
};

/* One line being written; counts what is seen, not the colours. */
struct line {
    struct buf *out;
    struct style style;
    size_t width;
};

void put(struct line *l, enum tint tint, const char *fmt, ...) PRINTF(3, 4);
void pad(struct line *l, size_t column, size_t least);
void end(struct line *l);

/* All changes that the view wants, and with --full what did not change. */
void put_changes(const struct plan *p, const struct plan_view *view, struct style style,
                 struct buf *out);
/* "Plan: 1 to add, …" or "No changes. …", with a newline. */
void put_sum(const struct plan *p, struct buf *out);

#endif
