/* model/ydoc.h — a YAML (or JSON) file as a tree with positions: libyaml's events, our composer.
 *
 * Everything of config page section 3 is handled here: depth, size and node budgets, aliases and
 * merge keys, duplicate keys, foreign tags, conflict markers, hints for ` #`, `: ` and bare `*`.
 * Nodes and their strings live in the arena of the load and never change. Lines and columns count
 * from 1, columns in characters. */
#ifndef SPL_MODEL_YDOC_H
#define SPL_MODEL_YDOC_H

#include <jansson.h>

#include "base/arena.h"
#include "model/diag.h"

enum ynode_type { Y_SCALAR, Y_LIST, Y_MAP };
enum ytag { YTAG_NONE, YTAG_SECRET, YTAG_FILE, YTAG_ENV }; /* !secret, !file, !env and !env_var */

struct ynode {
    enum ynode_type type;
    struct loc at;
    int end_line, end_col; /* exclusive */
    enum ytag tag;
    bool is_plain; /* scalar without quotes: only these may be booleans and nulls */
    bool is_double_quoted;
    const char *text;        /* scalars: unescaped, NUL-terminated, no NUL inside */
    size_t n;                /* children: list elements, or map entries */
    struct yentry *entries;  /* maps */
    struct ynode **items;    /* lists */
    const char *merged_from; /* "schedules.yaml:3" when it came in by <<, else NULL */
    bool is_reported;        /* a finding was added already: reads as null, say nothing more */
};
struct yentry {
    struct ynode *key; /* always a scalar */
    struct ynode *value;
};

/* Budgets over one whole tree of files; zero-initialise one per load. */
struct ybudget {
    size_t n_nodes, n_files;
    size_t n_aliased; /* bytes of text that aliases repeat */
};
enum {
    YDOC_MAX_BYTES = 1024 * 1024,
    YDOC_MAX_DEPTH = 64,
    YDOC_MAX_NODES = 200000,
    YDOC_MAX_FILES = 5000,
    YDOC_MAX_ALIASED = 16 * 1024 * 1024
};

/* Parses one document. An empty or comment-only file gives an empty map. NULL after adding at least
 * one finding to `diags`: the file is no YAML or over a limit. What is wrong in one place only is
 * added with a tree returned: of a duplicate key the first counts; a value that cannot be used
 * (foreign tag, unknown alias, control characters) is null and marked is_reported. `file` is the
 * path shown; it and `bytes` are copied into the arena, which must outlive the last finding added
 * to `diags` about this file (the copy is its source for snippets).
 *
 * An aliased node is shared, so a tree may be far larger to walk than to keep; the budgets count
 * what a walk meets. */
const struct ynode *ydoc_parse(struct arena *arena, const char *file, const char *bytes, size_t n,
                               struct ybudget *budget, struct diags *diags);

/* The same tree from JSON that was read elsewhere; strings are never nulls, numbers or booleans.
 * All of it stands at `at`. NULL when it is nested too deep. Copies. */
const struct ynode *ydoc_of_json(struct arena *arena, const json_t *j, const struct loc *at);

/* The value of `key`, or NULL when absent or null. */
const struct ynode *ydoc_get(const struct ynode *map, const char *key);
/* The key itself, for its place; NULL when absent. */
const struct ynode *ydoc_key(const struct ynode *map, const char *key);
bool ydoc_is_null(const struct ynode *n); /* plain empty, ~ or null */
/* The key is there, with a value that was refused already: do not call it missing. */
bool ydoc_is_reported(const struct ynode *map, const char *key);

/* Where byte `offset` of a scalar's text stands in the file, for carets that end at *ret_end_col.
 * The whole node when that cannot be told: several lines, escapes. */
struct loc ydoc_place(const struct ynode *n, size_t offset, int *ret_end_col);

#endif
