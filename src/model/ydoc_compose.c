/* model/ydoc_compose.c — libyaml's events become nodes. Recursive: the depth is bounded. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/ydoc_parts.h"

static struct ynode *compose(struct ydoc *y, yaml_event_t *event, int depth,
                             struct extent *ret_extent);

/* ---- anchors ---- */

static struct anchor *anchor_find(struct ydoc *y, const char *name)
{
    for (size_t i = 0; i < y->anchors.n; i++)
        if (str_eq(y->anchors.at[i].name, name))
            return &y->anchors.at[i];
    return NULL;
}

/* Notes that `name` means the node about to be composed; its index, or -1 when there is no anchor
 * or it is refused. */
static int anchor_open(struct ydoc *y, const char *name, struct loc at)
{
    if (!name)
        return -1;
    const struct anchor *old = anchor_find(y, name);
    if (old) {
        ydoc_report_two(y, DIAG_E112, at, 1 + (int)str_columns(name, strlen(name)), old->at,
                        "give the second one another name", "the same anchor twice in one file");
        return -1;
    }
    vec_push(&y->anchors,
             (struct anchor){.name = arena_strdup(y->arena, name), .at = at, .is_open = true});
    return (int)y->anchors.n - 1;
}

static bool anchors_ok(struct ydoc *y, struct loc at)
{
    enum { ANCHORS_MAX = 1000 }; /* looked up one by one */
    if (y->anchors.n <= ANCHORS_MAX)
        return true;
    return ydoc_report(y, DIAG_E108, at, 1, NULL, "more than %d anchors in one file", ANCHORS_MAX);
}

static void anchor_close(struct ydoc *y, int index, struct ynode *node, struct extent extent)
{
    if (index < 0)
        return;
    struct anchor *a = &y->anchors.at[index];
    a->node = node;
    a->extent = extent;
    a->is_open = false;
}

static bool depth_ok(struct ydoc *y, int depth, struct loc at)
{
    if (depth <= YDOC_MAX_DEPTH)
        return true;
    return ydoc_report(y, DIAG_E108, at, 1, NULL, "lists and maps nested deeper than %d levels",
                       YDOC_MAX_DEPTH);
}

/* Few nodes with long texts, repeated, would fill the memory of whoever writes them out. */
static bool spend_aliased(struct ydoc *y, size_t n_bytes, struct loc at)
{
    y->budget->n_aliased += n_bytes;
    if (y->budget->n_aliased <= YDOC_MAX_ALIASED)
        return true;
    return ydoc_report(y, DIAG_E108, at, 1, "write less, or repeat less of it",
                       "aliases repeat more than %d MiB of text", YDOC_MAX_ALIASED / 1024 / 1024);
}

static struct ynode *compose_alias(struct ydoc *y, const yaml_event_t *event, int depth,
                                   struct extent *ret_extent)
{
    const char *name = (const char *)event->data.alias.anchor;
    struct loc at = ydoc_loc(y, &event->start_mark);
    int n_cols = 1 + (int)str_columns(name, strlen(name));
    const struct anchor *a = anchor_find(y, name);
    *ret_extent = (struct extent){.n_nodes = 1, .height = 1};
    if (!a) {
        ydoc_report(y, DIAG_E112, at, n_cols,
                    "quote the value if it is meant to begin with '*'; anchors do not reach other "
                    "files",
                    "no anchor &%.60s before this place in the file", name);
        return ydoc_null(y, at);
    }
    if (a->is_open) {
        ydoc_report_two(y, DIAG_E112, at, n_cols, a->at, NULL, "the alias refers to what it is in");
        return ydoc_null(y, at);
    }
    if (!depth_ok(y, depth - 1 + a->extent.height, at) || !ydoc_spend(y, a->extent.n_nodes, at) ||
        !spend_aliased(y, a->extent.n_bytes, at))
        return NULL;
    *ret_extent = a->extent;
    return a->node;
}

/* ---- lists and maps ---- */

static struct ynode *collection_new(struct ydoc *y, enum ynode_type type, const char *tag,
                                    const yaml_event_t *event)
{
    struct ynode *node = ARENA_NEW(y->arena, struct ynode);
    *node = (struct ynode){.type = type, .at = ydoc_loc(y, &event->start_mark)};
    enum ytag known;
    if (!ydoc_tag_ok(y, tag, event, &known))
        node->is_reported = true;
    else if (known != YTAG_NONE)
        node->is_reported = !ydoc_report(y, DIAG_E113, node->at, (int)strlen(tag),
                                         "write one name behind it, such as !secret sonarr-key",
                                         "%s takes a single value", tag);
    return node;
}

static void collection_end(struct ynode *node, const yaml_event_t *event)
{
    node->end_line = (int)event->end_mark.line + 1;
    node->end_col = (int)event->end_mark.column + 1;
}

static void extent_add(struct extent *sum, struct extent part)
{
    sum->n_nodes += part.n_nodes;
    sum->n_bytes += part.n_bytes;
    sum->height = MAX(sum->height, part.height + 1);
}

struct children { /* while they are read */
    VEC(struct ynode *) nodes;
    VEC(struct extent) extents;
};

static void children_done(struct children *c)
{
    vec_done(&c->nodes);
    vec_done(&c->extents);
}

/* Composes up to the event `end`, the end of `node`. */
static bool compose_list(struct ydoc *y, struct ynode *node, int depth, struct extent *extent)
{
    CLEANUP(children_done) struct children c = {0};
    for (;;) {
        yaml_event_t event;
        if (!ydoc_next(y, &event))
            return false;
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            collection_end(node, &event);
            yaml_event_delete(&event);
            break;
        }
        struct extent part;
        struct ynode *item = compose(y, &event, depth + 1, &part);
        if (!item)
            return false;
        extent_add(extent, part);
        vec_push(&c.nodes, item);
    }
    node->n = c.nodes.n;
    node->items = ARENA_ARRAY(y->arena, struct ynode *, node->n);
    if (node->n)
        memcpy(node->items, c.nodes.at, node->n * sizeof *node->items);
    return true;
}

/* Whether a `? ` stands before the key. */
static bool is_explicit_key(struct ydoc *y, const yaml_event_t *event)
{
    size_t at = ydoc_offset(y, &event->start_mark), start = at;
    while (at && (y->bytes[at - 1] == ' ' || y->bytes[at - 1] == '\t'))
        at--;
    bool is_mark = at < start && at && y->bytes[at - 1] == '?';
    return is_mark && (at == 1 || strchr(" \n\r{,[-", y->bytes[at - 2]));
}

/* A key must be a word: one scalar, no alias, no tag. */
static bool key_ok(struct ydoc *y, const yaml_event_t *event)
{
    static const char hint[] = "keys are plain words, as in 'name: value'";
    struct loc at = ydoc_loc(y, &event->start_mark);
    if (event->type != YAML_SCALAR_EVENT)
        return ydoc_report(y, DIAG_E113, at, 1, hint, "a list, map or alias as a key");
    if (is_explicit_key(y, event))
        return ydoc_report(y, DIAG_E113, at, 1, hint, "a key written with '? '");
    bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (is_plain && event->data.scalar.length == 0)
        return ydoc_report(y, DIAG_E113, at, 1, hint, "an empty key");
    if (event->data.scalar.tag || event->data.scalar.anchor)
        return ydoc_report(y, DIAG_E113, at, 1, hint, "a key with a tag or an anchor");
    return true;
}

static struct ynode *compose_key(struct ydoc *y, yaml_event_t *event, struct extent *extent)
{
    bool is_ok = key_ok(y, event) && ydoc_spend(y, 1, ydoc_loc(y, &event->start_mark));
    struct ynode *key = is_ok ? ydoc_scalar(y, event) : NULL;
    yaml_event_delete(event);
    extent_add(extent, (struct extent){.n_nodes = 1, .height = 1});
    return key;
}

static bool compose_value(struct ydoc *y, struct children *c, int depth, struct extent *extent)
{
    yaml_event_t event;
    if (!ydoc_next(y, &event))
        return false;
    struct extent part;
    struct ynode *value = compose(y, &event, depth + 1, &part);
    if (!value)
        return false;
    extent_add(extent, part);
    vec_push(&c->nodes, value);
    vec_push(&c->extents, part);
    return true;
}

static void entries_make(struct ydoc *y, struct ynode *map, const struct children *c)
{
    map->n = c->nodes.n / 2;
    map->entries = ARENA_ARRAY(y->arena, struct yentry, map->n);
    for (size_t i = 0; i < map->n; i++)
        map->entries[i] = (struct yentry){c->nodes.at[2 * i], c->nodes.at[2 * i + 1]};
}

static bool compose_map(struct ydoc *y, struct ynode *node, int depth, struct extent *extent)
{
    CLEANUP(children_done) struct children c = {0};
    for (;;) {
        yaml_event_t event;
        if (!ydoc_next(y, &event))
            return false;
        if (event.type == YAML_MAPPING_END_EVENT) {
            collection_end(node, &event);
            yaml_event_delete(&event);
            break;
        }
        struct ynode *key = compose_key(y, &event, extent);
        if (!key)
            return false;
        vec_push(&c.nodes, key);
        if (!compose_value(y, &c, depth, extent))
            return false;
    }
    entries_make(y, node, &c);
    struct extent extra = {.n_nodes = 0};
    if (!ydoc_map_finish(y, node, c.extents.at, &extra))
        return false;
    extent->n_nodes += extra.n_nodes;
    return true;
}

/* ---- nodes ---- */

static struct ynode *compose_scalar(struct ydoc *y, const yaml_event_t *event,
                                    struct extent *extent)
{
    int anchor =
        anchor_open(y, (const char *)event->data.scalar.anchor, ydoc_loc(y, &event->start_mark));
    struct ynode *node = ydoc_scalar(y, event);
    extent->n_bytes = strlen(node->text);
    anchor_close(y, anchor, node, *extent);
    return node;
}

static struct ynode *compose_collection(struct ydoc *y, const yaml_event_t *event, int depth,
                                        struct extent *extent)
{
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    const yaml_char_t *name =
        is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    const yaml_char_t *tag =
        is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    if (!depth_ok(y, depth, ydoc_loc(y, &event->start_mark)))
        return NULL;
    int anchor = anchor_open(y, (const char *)name, ydoc_loc(y, &event->start_mark));
    struct ynode *node = collection_new(y, is_map ? Y_MAP : Y_LIST, (const char *)tag, event);
    bool is_ok =
        is_map ? compose_map(y, node, depth, extent) : compose_list(y, node, depth, extent);
    if (!is_ok)
        return NULL;
    if (node->is_reported)
        *node = *ydoc_null(y, node->at);
    anchor_close(y, anchor, node, *extent);
    return node;
}

/* `depth` is the level of the node, 1 for the root. Takes the event. */
static struct ynode *compose(struct ydoc *y, yaml_event_t *event, int depth,
                             struct extent *ret_extent)
{
    struct extent extent = {.n_nodes = 1, .height = 1};
    struct ynode *node = NULL;
    if (event->type == YAML_ALIAS_EVENT)
        node = compose_alias(y, event, depth, &extent);
    else if (!ydoc_spend(y, 1, ydoc_loc(y, &event->start_mark)) ||
             !anchors_ok(y, ydoc_loc(y, &event->start_mark)))
        node = NULL;
    else if (event->type == YAML_SCALAR_EVENT)
        node = compose_scalar(y, event, &extent);
    else
        node = compose_collection(y, event, depth, &extent);
    yaml_event_delete(event);
    *ret_extent = extent;
    return node;
}

struct ynode *ydoc_compose(struct ydoc *y, yaml_event_t *event)
{
    struct extent ignored;
    return compose(y, event, 1, &ignored);
}
