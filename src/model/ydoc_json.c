/* model/ydoc_json.c — JSON that was read already, as nodes: what the state keeps is no file of a
 * user's, and YAML takes some of its characters for something else. */
#include <inttypes.h>

#include "base/jx.h"
#include "model/ydoc.h"

struct making {
    struct arena *arena;
    const struct loc *at; /* of every node */
};

static struct ynode *node_new(const struct making *m, enum ynode_type type)
{
    struct ynode *n = ARENA_NEW(m->arena, struct ynode);
    *n = (struct ynode){.type = type, .at = *m->at, .end_line = m->at->line, .end_col = m->at->col};
    return n;
}

/* A string is text, whatever it looks like; all else is plain. */
static struct ynode *scalar(const struct making *m, const json_t *j)
{
    struct ynode *n = node_new(m, Y_SCALAR);
    n->is_plain = !json_is_string(j);
    if (json_is_string(j))
        n->text = arena_strdup(m->arena, json_string_value(j));
    else if (json_is_integer(j))
        n->text = arena_printf(m->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(j));
    else if (json_is_real(j))
        n->text = arena_printf(m->arena, "%.17g", json_real_value(j));
    else
        n->text = json_is_true(j) ? "true" : json_is_false(j) ? "false" : "null";
    return n;
}

static struct ynode *node_of(const struct making *m, const json_t *j, int depth);

static struct ynode *list_of(const struct making *m, const json_t *j, int depth)
{
    struct ynode *n = node_new(m, Y_LIST);
    n->n = json_array_size(j);
    n->items = ARENA_ARRAY(m->arena, struct ynode *, n->n);
    for (size_t i = 0; i < n->n; i++)
        if (!(n->items[i] = node_of(m, json_array_get(j, i), depth)))
            return NULL;
    return n;
}

static struct ynode *map_of(const struct making *m, const json_t *j, int depth)
{
    const char *key;
    json_t *value;
    struct ynode *n = node_new(m, Y_MAP);
    n->entries = ARENA_ARRAY(m->arena, struct yentry, json_object_size(j));
    json_object_foreach((json_t *)(uintptr_t)j, key, value)
    {
        struct yentry *entry = &n->entries[n->n++];
        entry->key = node_new(m, Y_SCALAR);
        entry->key->text = arena_strdup(m->arena, key);
        if (!(entry->value = node_of(m, value, depth)))
            return NULL;
    }
    return n;
}

static struct ynode *node_of(const struct making *m, const json_t *j, int depth)
{
    if (depth == YDOC_MAX_DEPTH)
        return NULL;
    if (json_is_object(j))
        return map_of(m, j, depth + 1);
    return json_is_array(j) ? list_of(m, j, depth + 1) : scalar(m, j);
}

const struct ynode *ydoc_of_json(struct arena *arena, const json_t *j, const struct loc *at)
{
    return node_of(&(struct making){arena, at}, j, 0);
}
