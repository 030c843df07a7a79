/* model/fmt.h — one file of a tree in its canonical spelling: `24h` becomes `1d`, `Fri 18:00-22:00`
 * becomes `fri 18:00-22:00`, `yes` becomes `true`, `!secret x` becomes `{secret: x}`.
 *
 * Only scalars and tags change, each at its place; every other byte stays. What a resource means
 * never changes: its canonical form before and after is compared. Doing it twice is doing it once.
 * Values that are wrong stay as they are, except that the other words for true and false, which
 * the program refuses, are repaired. */
#ifndef SPL_MODEL_FMT_H
#define SPL_MODEL_FMT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "model/diag.h"
#include "model/ydoc.h"

/* ---- the rewriting walker: what could be written at which place ---- */

enum fmt_kind {
    FMT_KEEP = 1,   /* stays: an anchor may lead here from a field of another type too */
    FMT_SPELL = 2,  /* another spelling of the same value */
    FMT_REPAIR = 4, /* of what was refused */
    FMT_HIDE = 8,   /* a literal where a secret belongs: never shown */
};
struct fmt_edit {
    size_t at, n; /* bytes of the file */
    const char *text;
    enum fmt_kind kind;
};
struct fmt_edits { /* a vec; sorted, none overlapping another */
    struct fmt_edit *at;
    size_t n, cap;
};
void fmt_edits_done(struct fmt_edits *v);

/* `root` is the file's tree, as ydoc_parse made it of these bytes. Texts live in the arena. */
void fmt_collect(struct arena *arena, const struct ynode *root, const char *bytes, size_t n,
                 struct fmt_edits *ret);

/* ---- a whole file ---- */

enum fmt_outcome {
    FMT_SAME,
    FMT_CHANGED,
    FMT_BROKEN, /* no YAML */
    FMT_UNSAFE, /* it would change what the file means, which is a fault of this program */
};
struct fmt_result {
    struct buf text;         /* the file as it should be */
    struct buf shown_before; /* both for people: literal secrets are hidden */
    struct buf shown_after;
};
void fmt_result_done(struct fmt_result *r);

/* `path` is relative to the tree's root. Findings go to `diags`, a new list for each file. Fills
 * *ret when the outcome is FMT_CHANGED. */
enum fmt_outcome fmt_file(const char *path, const char *bytes, size_t n, struct diags *diags,
                          struct fmt_result *ret);

#endif
