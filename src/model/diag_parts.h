/* model/diag_parts.h — what diag.c, diag_snippet.c and diag_text.c share. Not for other files. */
#ifndef SPL_MODEL_DIAG_PARTS_H
#define SPL_MODEL_DIAG_PARTS_H

#include <stdint.h>

#include "base/vec.h"
#include "model/diag.h"

/* Columns of a line, the second exclusive. */
struct diag_range {
    int from, to;
};

/* A line made fit to be shown, and where its carets go, in columns of a terminal from 0. */
struct diag_snippet {
    const char *text;
    int caret, n_carets;
};

/* A line as in the file, or a piece of a very long one. */
struct diag_line {
    const char *text; /* NULL when unknown */
    size_t n;
    int first_col;
};

struct diag_kept {
    struct diag d;
    struct diag_line line;
    struct diag_snippet snippet;
};

struct diags {
    struct arena *arena;
    VEC(struct diag_kept *) kept; /* sorted */
    struct diag_source *sources;  /* the newest first */
    size_t n_errors, n_warnings;
};

/* The line with the ranges and whatever else looks secret hidden. */
struct diag_snippet diag_snippet_make(struct arena *arena, const struct diag_line *line,
                                      struct diag_range caret, const struct diag_range hidden[],
                                      size_t n_hidden);

/* How many columns a terminal gives to a character: 0, 1 or 2. */
int diag_char_width(uint32_t c);

#endif
