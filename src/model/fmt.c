/* model/fmt.c — edits put into a file's bytes, and the proof that they change nothing it means. */
#include "model/fmt.h"

#include "base/str.h"
#include "model/config.h"

void fmt_result_done(struct fmt_result *r)
{
    buf_done(&r->text);
    buf_done(&r->shown_before);
    buf_done(&r->shown_after);
    *r = (struct fmt_result){0};
}

/* The bytes with those edits whose kind is one of `kinds`. */
static void rewrite(const char *bytes, size_t n, const struct fmt_edits *edits, unsigned kinds,
                    struct buf *ret)
{
    size_t done = 0;
    buf_init(ret, 8 * (size_t)YDOC_MAX_BYTES);
    for (size_t i = 0; i < edits->n; i++) {
        const struct fmt_edit *e = &edits->at[i];
        if (!(e->kind & kinds))
            continue;
        buf_add(ret, bytes + done, e->at - done);
        buf_puts(ret, e->text);
        done = e->at + e->n;
    }
    buf_add(ret, bytes + done, n - done);
}

/* The file by itself: what a resource says does not depend on others. NULL when it is no YAML. */
static struct config *config_of(const char *path, const struct buf *text)
{
    CLEANUP(diags_freep) struct diags *silent = diags_new();
    CLEANUP(config_freep) struct config *c = config_new();
    const struct ynode *root =
        ydoc_parse(config_arena(c), path, text->at, text->n, config_budget(c), silent);
    if (!root || text->is_cut)
        return NULL;
    config_add_file(c, path, root, silent);
    config_check(c, silent);
    return TAKE(c);
}

static bool means_the_same(const char *path, const struct buf *a, const struct buf *b)
{
    CLEANUP(config_freep) struct config *before = config_of(path, a);
    CLEANUP(config_freep) struct config *after = config_of(path, b);
    bool is_same = before && after && config_n(before) == config_n(after);
    for (size_t i = 0; is_same && i < config_n(before); i++) {
        const struct resource *x = config_at(before, i), *y = config_at(after, i);
        is_same = x->kind == y->kind && str_eq(x->name, y->name) && str_eq(x->hash, y->hash);
    }
    return is_same;
}

/* A word that was refused means nothing, so the rest is compared with all of them repaired. */
static enum fmt_outcome prove(const char *path, const char *bytes, size_t n,
                              const struct fmt_edits *edits, struct fmt_result *ret)
{
    CLEANUP(buf_done) struct buf repaired;
    CLEANUP(fmt_result_done) struct fmt_result r = {0};
    rewrite(bytes, n, edits, FMT_REPAIR, &repaired);
    rewrite(bytes, n, edits, FMT_REPAIR | FMT_SPELL, &r.text);
    if (!means_the_same(path, &repaired, &r.text))
        return FMT_UNSAFE;
    rewrite(bytes, n, edits, FMT_HIDE, &r.shown_before);
    rewrite(bytes, n, edits, FMT_HIDE | FMT_REPAIR | FMT_SPELL, &r.shown_after);
    *ret = TAKE_STRUCT(r);
    return FMT_CHANGED;
}

static bool changes_any(const struct fmt_edits *edits)
{
    for (size_t i = 0; i < edits->n; i++)
        if (edits->at[i].kind & (FMT_REPAIR | FMT_SPELL))
            return true;
    return false;
}

enum fmt_outcome fmt_file(const char *path, const char *bytes, size_t n, struct diags *diags,
                          struct fmt_result *ret)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(fmt_edits_done) struct fmt_edits edits = {0};
    struct ybudget budget = {0};
    const struct ynode *root = ydoc_parse(arena, path, bytes, n, &budget, diags);
    if (!root || diags_errors(diags) > 0)
        return FMT_BROKEN;
    fmt_collect(arena, root, bytes, n, &edits);
    return changes_any(&edits) ? prove(path, bytes, n, &edits, ret) : FMT_SAME;
}
