/* Any bytes as a YAML file: a tree whose walk stays inside the budget, or at least one finding that
 * says so; never both missing. Findings are rendered too: snippets index into the bytes. */
#include <assert.h>
#include <stdint.h>

#include "base/jx.h"
#include "model/ydoc.h"

/* Nodes that a walk meets; shared ones count each time. */
static size_t walk(const struct ynode *n, int depth)
{
    assert(depth <= YDOC_MAX_DEPTH + 1);
    assert(n->at.line >= 1 && n->at.col >= 1);
    size_t count = 1;
    for (size_t i = 0; n->type == Y_LIST && i < n->n; i++)
        count += walk(n->items[i], depth + 1);
    for (size_t i = 0; n->type == Y_MAP && i < n->n; i++) {
        assert(n->entries[i].key->type == Y_SCALAR);
        count += 1 + walk(n->entries[i].value, depth + 1);
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    struct ybudget budget = {0};
    const struct ynode *root =
        ydoc_parse(arena, "fuzz.yaml", (const char *)data, n, &budget, diags);
    assert(root || diags_errors(diags) > 0);
    if (root)
        assert(walk(root, 1) <= YDOC_MAX_NODES + 1); /* an empty file's map costs nothing */

    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    diags_text(diags, true, &text);
    CLEANUP(jx_decrefp) json_t *json = diags_json(diags);
    assert(json_array_size(json) == diags_n(diags));
    return 0;
}
