/* model_ydoc.h — texts as nodes, and nodes as text. Include after cmocka.h. */
#ifndef TESTS_MODEL_YDOC_H
#define TESTS_MODEL_YDOC_H

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "model/ydoc.h"

struct file {
    struct arena *arena;
    struct diags *diags;
    struct ybudget budget;
    const struct ynode *root;
};

static inline void file_done(struct file *f)
{
    diags_free(f->diags);
    arena_free(f->arena);
}

static inline struct file parse_bytes(const char *bytes, size_t n)
{
    struct file f = {.arena = arena_new(), .diags = diags_new()};
    f.root = ydoc_parse(f.arena, "f.yaml", bytes, n, &f.budget, f.diags);
    return f;
}

static inline struct file parse(const char *text)
{
    return parse_bytes(text, strlen(text));
}

/* One line for a whole tree: {key: value, list: [a, b]}. */
static inline void show(const struct ynode *n, struct buf *ret)
{
    if (n->type == Y_SCALAR)
        buf_puts(ret, n->is_reported ? "?" : n->text);
    if (n->type == Y_SCALAR)
        return;
    buf_putc(ret, n->type == Y_MAP ? '{' : '[');
    for (size_t i = 0; i < n->n; i++) {
        if (i)
            buf_puts(ret, ", ");
        if (n->type == Y_MAP)
            buf_printf(ret, "%s: ", n->entries[i].key->text);
        show(n->type == Y_MAP ? n->entries[i].value : n->items[i], ret);
    }
    buf_putc(ret, n->type == Y_MAP ? '}' : ']');
}

static inline void check_tree(const char *text, const char *expected)
{
    CLEANUP(file_done) struct file f = parse(text);
    CLEANUP(buf_done) struct buf shown = {0};
    buf_init(&shown, BUF_TEXT);
    assert_non_null(f.root);
    show(f.root, &shown);
    assert_string_equal(shown.at, expected);
    assert_int_equal(diags_n(f.diags), 0);
}

#endif
