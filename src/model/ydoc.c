/* model/ydoc.c — one file from bytes to a tree: what is refused before parsing, the document around
 * the tree, places. The tree itself is composed in ydoc_compose.c. */
#include "model/ydoc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/ydoc_parts.h"

/* ---- places ---- */

size_t ydoc_offset(struct ydoc *y, const yaml_mark_t *mark)
{
    if (mark->index < y->cursor_index) {
        y->cursor_index = 0;
        y->cursor_offset = y->lines.starts.at[0];
    }
    for (; y->cursor_index < mark->index && y->cursor_offset < y->n; y->cursor_index++)
        y->cursor_offset += lines_char(y->bytes + y->cursor_offset, y->n - y->cursor_offset);
    return y->cursor_offset;
}

struct loc ydoc_loc(const struct ydoc *y, const yaml_mark_t *mark)
{
    return (struct loc){.file = y->file, .line = (int)mark->line + 1, .col = (int)mark->column + 1};
}

/* ---- findings ---- */

bool ydoc_report(struct ydoc *y, enum diag_code code, struct loc at, int n_cols, const char *hints,
                 const char *fmt, ...)
{
    char message[300];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    struct diag d = {.code = code,
                     .at = at,
                     .end_col = n_cols ? at.col + n_cols : 0,
                     .message = message,
                     .hints = hints};
    diags_add(y->diags, &d);
    return false;
}

bool ydoc_report_two(struct ydoc *y, enum diag_code code, struct loc at, int n_cols,
                     struct loc related, const char *hints, const char *message)
{
    struct diag d = {.code = code,
                     .at = at,
                     .end_col = n_cols ? at.col + n_cols : 0,
                     .message = message,
                     .hints = hints,
                     .related = &related,
                     .n_related = 1};
    diags_add(y->diags, &d);
    return false;
}

/* The place of a byte. */
static struct loc loc_of(const struct ydoc *y, size_t offset)
{
    struct loc at = {.file = y->file};
    lines_place(&y->lines, offset, &at.line, &at.col);
    return at;
}

bool ydoc_spend(struct ydoc *y, size_t n_nodes, struct loc at)
{
    y->budget->n_nodes += n_nodes;
    if (y->budget->n_nodes <= YDOC_MAX_NODES)
        return true;
    return ydoc_report(y, DIAG_E108, at, 1,
                       "aliases count as often as they are used; split the tree, or write less",
                       "the tree has more than %d values", YDOC_MAX_NODES);
}

/* ---- before parsing ---- */

static bool size_ok(struct ydoc *y)
{
    struct loc at = {.file = y->file};
    if (y->n > YDOC_MAX_BYTES)
        return ydoc_report(y, DIAG_E108, at, 0, "split it: every *.yaml below the root is read",
                           "the file is larger than %d KiB", YDOC_MAX_BYTES / 1024);
    if (++y->budget->n_files > YDOC_MAX_FILES)
        return ydoc_report(y, DIAG_E108, at, 0, NULL, "the tree has more than %d files",
                           YDOC_MAX_FILES);
    return true;
}

static bool is_utf16(const char *bytes, size_t n)
{
    return n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

/* The first byte that no YAML file may contain: the end of the bytes when all is well. */
static size_t first_bad_byte(const struct ydoc *y)
{
    size_t at = 0;
    while (at < y->n) {
        unsigned char c = (unsigned char)y->bytes[at];
        size_t length = lines_char(y->bytes + at, y->n - at);
        bool is_control = (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
        if (is_control || (c >= 0x80 && length == 1))
            break;
        at += length;
    }
    return at;
}

/* libyaml would take UTF-16, and gives no place for what it calls reader errors. */
static bool bytes_ok(struct ydoc *y)
{
    static const char save_hint[] = "save the file as UTF-8";
    if (is_utf16(y->bytes, y->n))
        return ydoc_report(y, DIAG_E100, loc_of(y, 0), 0, save_hint, "the file is UTF-16");
    size_t bad = first_bad_byte(y);
    if (bad == y->n)
        return true;
    unsigned char c = (unsigned char)y->bytes[bad];
    if (c == 0)
        return ydoc_report(y, DIAG_E100, loc_of(y, bad), 1,
                           "is it UTF-16, or no text at all? save it as UTF-8",
                           "the file contains a NUL byte");
    if (c < 0x80)
        return ydoc_report(y, DIAG_E100, loc_of(y, bad), 1, "remove it",
                           "the file contains a control character (0x%02X)", c);
    return ydoc_report(y, DIAG_E100, loc_of(y, bad), 1, save_hint,
                       "the file is not UTF-8 (byte 0x%02X)", c);
}

/* ---- the document ---- */

bool ydoc_next(struct ydoc *y, yaml_event_t *ret)
{
    if (yaml_parser_parse(y->parser, ret))
        return true;
    if (!ydoc_conflict(y, true))
        ydoc_syntax_error(y);
    return false;
}

/* Skips the events that come before the root. *ret is its first event, or the end of the stream. */
static bool to_root(struct ydoc *y, yaml_event_t *ret)
{
    for (;;) {
        if (!ydoc_next(y, ret))
            return false;
        if (ret->type != YAML_STREAM_START_EVENT && ret->type != YAML_DOCUMENT_START_EVENT)
            return true;
        yaml_event_delete(ret);
    }
}

/* Nothing may follow the document. */
static bool after_root(struct ydoc *y)
{
    for (;;) {
        yaml_event_t event;
        if (!ydoc_next(y, &event))
            return false;
        yaml_event_type_t type = event.type;
        struct loc at = ydoc_loc(y, &event.start_mark);
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            return true;
        if (type == YAML_DOCUMENT_START_EVENT) {
            ydoc_report(y, DIAG_E113, at, 3, "put it in a file of its own",
                        "a second document in one file");
            return true;
        }
    }
}

static const struct ynode *parse(struct ydoc *y)
{
    yaml_event_t event;
    if (!to_root(y, &event))
        return NULL;
    struct ynode *root = NULL;
    if (event.type == YAML_STREAM_END_EVENT)
        yaml_event_delete(&event);
    else if (!(root = ydoc_compose(y, &event)) || !after_root(y))
        return NULL;
    if (root && !ydoc_is_null(root))
        return root;
    struct ynode *empty = ARENA_NEW(y->arena, struct ynode);
    *empty = (struct ynode){.type = Y_MAP, .at = {y->file, 1, 1}, .end_line = 1, .end_col = 1};
    return empty;
}

static void parser_done(yaml_parser_t *parser)
{
    yaml_parser_delete(parser);
}

const struct ynode *ydoc_parse(struct arena *arena, const char *file, const char *bytes, size_t n,
                               struct ybudget *budget, struct diags *diags)
{
    struct ydoc y = {.arena = arena,
                     .budget = budget,
                     .diags = diags,
                     .file = arena_strdup(arena, file),
                     .n = n};
    if (!size_ok(&y))
        return NULL;
    y.bytes = arena_strndup(arena, bytes, n);
    diags_add_source(diags, y.file, y.bytes, n);
    lines_init(&y.lines, y.bytes, n);
    y.cursor_offset = y.lines.starts.at[0];

    const struct ynode *root = NULL;
    CLEANUP(parser_done) yaml_parser_t parser;
    y.parser = yaml_parser_initialize(&parser) ? &parser : NULL;
    yaml_parser_set_input_string(&parser, (const unsigned char *)y.bytes, n);
    if (bytes_ok(&y) && !ydoc_conflict(&y, false))
        root = parse(&y);
    lines_done(&y.lines);
    vec_done(&y.anchors);
    return root;
}

/* ---- reading ---- */

bool ydoc_is_null(const struct ynode *n)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    if (n->type != Y_SCALAR || !n->is_plain || n->tag != YTAG_NONE)
        return false;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(n->text, words[i]))
            return true;
    return false;
}

static const struct yentry *entry_of(const struct ynode *map, const char *key)
{
    for (size_t i = 0; map->type == Y_MAP && i < map->n; i++)
        if (str_eq(map->entries[i].key->text, key))
            return &map->entries[i];
    return NULL;
}

static const struct ynode *value_of(const struct ynode *map, const char *key)
{
    const struct yentry *entry = entry_of(map, key);
    return entry ? entry->value : NULL;
}

const struct ynode *ydoc_key(const struct ynode *map, const char *key)
{
    const struct yentry *entry = entry_of(map, key);
    return entry ? entry->key : NULL;
}

const struct ynode *ydoc_get(const struct ynode *map, const char *key)
{
    const struct ynode *value = value_of(map, key);
    return value && !ydoc_is_null(value) ? value : NULL;
}

bool ydoc_is_reported(const struct ynode *map, const char *key)
{
    const struct ynode *value = value_of(map, key);
    return value && value->is_reported;
}

struct loc ydoc_place(const struct ynode *n, size_t offset, int *ret_end_col)
{
    struct loc at = n->at;
    bool is_one_line = n->end_line == n->at.line;
    *ret_end_col = is_one_line ? n->end_col : n->at.col + 1;
    if (n->type != Y_SCALAR || !is_one_line)
        return at;
    size_t n_bytes = strlen(n->text);
    int quote = n->is_plain ? 0 : 1; /* a tag or an anchor may stand before plain text */
    int start = n->end_col - quote - (int)str_columns(n->text, n_bytes);
    if (n->is_plain ? start < at.col : start != at.col + quote)
        return at;
    at.col = start + (int)str_columns(n->text, MIN(offset, n_bytes));
    *ret_end_col = MAX(n->end_col - quote, at.col + 1);
    return at;
}
