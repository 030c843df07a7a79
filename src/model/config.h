/* model/config.h — a whole configuration: every resource of a tree, decoded, resolved and checked.
 *
 * Made in two ways that give equal results: from the files of a tree (plan/tree reads them) and
 * from the canonical JSON kept in the state. Immutable once checked; one pointer is swapped on a
 * reload.
 *
 *   config_new → config_add_file (each) → config_check → read
 */
#ifndef SPL_MODEL_CONFIG_H
#define SPL_MODEL_CONFIG_H

#include <jansson.h>

#include "base/arena.h"
#include "model/diag.h"
#include "model/kinds.h"
#include "model/ydoc.h"

struct resource {
    enum kind kind;
    const char *name;  /* full: "tv-missing", "alice/seedbox", "builtin/new-releases"; settings:
                          "settings";  a share: the instance's name */
    const char *owner; /* tenant, or NULL for the root tree */
    struct loc at;     /* of its key */
    const void
        *spec; /* effective struct of its kind: defaults, extends, profile and settings filled in */
    const json_t *canonical;  /* what it says itself: canonical values, defaults left out (unless it
                                 inherits), keys sorted; secrets as {"secret":"name"} references */
    const char *hash;         /* hex SHA-256 of the canonical bytes */
    const struct ynode *node; /* for the place of a field: config_where */
    bool is_builtin;
    const char *denied_reason; /* "NotAllowed", "NotShared": suspended for it; else NULL */
    const char *denied;        /* the sentence */
};

struct config;

struct config *config_new(void);
struct config *config_free(struct config *c);
void config_freep(struct config **c);
struct arena *config_arena(struct config *c);
struct ybudget *config_budget(struct config *c);

/* Adds the resources of one parsed file. `path` is relative to the root; below tenants/NAME/ they
 * belong to that tenant. Findings go to diags. */
void config_add_file(struct config *c, const char *path, const struct ynode *root,
                     struct diags *diags);

/* A file that could not be read or parsed: nobody knows what it declares. References that lead
 * nowhere, and what nothing seems to use, are then not reported, and a hint at the file's own
 * finding says so. Before config_check. */
void config_set_unread(struct config *c, const char *path);
bool config_is_whole(const struct config *c); /* every file was read */

/* What the time is, for warnings about what has expired (without it there are none) and about the
 * next summer time. Before config_check. */
void config_set_now(struct config *c, utc_t now);

/* Adds one resource from its canonical JSON, as kept in the state. */
MUST_CHECK bool config_add_stored(struct config *c, enum kind kind, const char *name,
                                  const char *json, struct err *e);

/* The same, with the place where it was declared: findings are told there. */
MUST_CHECK bool config_add_stored_at(struct config *c, enum kind kind, const char *name,
                                     const char *json, const struct loc *at, struct err *e);
/* One of another configuration, as written there; that one must outlive this one. */
void config_add_from(struct config *c, const struct resource *r);

/* Content of a referenced file (titles_file), put in before config_check. `path` relative to the
 * root. */
void config_add_referenced(struct config *c, const char *path, const char *bytes, size_t n);
const char *config_referenced(const struct config *c, const char *path); /* NULL when not there */
/* Paths that resources refer to (titles_file), for the loader to read; valid after config_add_file.
 */
void config_references(const struct config *c, struct strlist *ret);

/* Names and duplicates, references, extends (circles), cross-field rules, warnings. True when no
 * finding is an error. Only then are effective specs complete. */
bool config_check(struct config *c, struct diags *diags);

/* Readers, after a successful check. Resources come in the order of kinds.def, then by name. */
size_t config_n(const struct config *c); /* without built-ins */
const struct resource *config_at(const struct config *c, size_t i);
const struct resource *config_find(const struct config *c, enum kind kind, const char *full_name);
const struct settings *
config_settings(const struct config *c); /* defaults when the tree has none */
/* Once checked: why the file of the time zone of dates, which is there, could not be read; until it
 * can, they are UTC's. NULL: it could. */
const char *config_zone_problem(const struct config *c);
const struct resource *config_builtin(const struct config *c, size_t i); /* NULL past the end */

/* The instances a selector means, sorted by name: `owner` is the tenant that wrote it, or NULL. */
void config_select(const struct config *c, const struct selector *s, const char *owner,
                   struct arena *arena, struct strlist *ret);
/* Whether that is one of them, for a queue. */
bool config_runs_on(const struct config *c, const struct resource *queue, const char *instance);

/* What a name written by `owner` (or NULL) means: "/x" is the root's; a tenant's own goes before
 * the root's, which only profiles and schedules fall back to. NULL when there is none. */
struct resource *config_resolve(const struct config *c, enum kind kind, const char *owner,
                                const char *name);

/* Whatever `r` does stops, as if it said `suspend: true`: its tenant may not do it any more. Before
 * anyone else reads the configuration; the first reason stays. */
void config_deny(struct config *c, const struct resource *r, const char *reason,
                 const char *message);

/* What is written at a path; NULL: nothing. */
const struct ynode *config_node(const struct resource *r, const char *path);
/* The place of a field ("limits.min_gap", "match[0].title_regex"), or the resource's own when the
 * field is not written there. */
struct loc config_where(const struct resource *r, const char *path);

/* The whole effective spec as JSON, defaults included, secrets as references; caller decrefs. */
json_t *config_effective(const struct resource *r);
/* Paths written in the tree, those at their default too, sorted: an array of strings; caller
 * decrefs. Of a stored resource: those that differ from their default, nobody knows the others. */
json_t *config_explicit(const struct resource *r);

/* From a kind's singular or plural name; -1 when there is none. */
int kind_find(const char *name);
extern const char *const kind_names[KIND_N + 1]; /* singular */
extern const char *const kind_plurals[KIND_N + 1];

/* ---- comparing ---- */

struct field_change {
    const char *path;        /* "limits.min_gap", "match[0].title_regex" */
    const json_t *from, *to; /* borrowed from the two canonicals; NULL: not there (default) */
    const char *from_default,
        *to_default; /* the default that holds instead of a NULL, as text, or NULL */
    bool is_from_inherited, is_to_inherited; /* a NULL that `extends` or `profile` decides */
    bool is_secret;
};
struct field_changes {
    struct field_change *at;
    size_t n;
};
/* Field by field, in the order of the tables. `from` or `to` may be NULL (create, remove). */
void config_diff(enum kind kind, const json_t *from, const json_t *to, struct arena *arena,
                 struct field_changes *ret);

/* ---- documents made from the tables ---- */

json_t *schema_json(void);         /* JSON Schema draft-07 of a tree's files; caller decrefs */
void manual_text(struct buf *ret); /* Markdown: every kind, field and diagnostic code */
/* explain KIND, KIND.FIELD[.FIELD]; false when there is no such thing (e says what is near). */
MUST_CHECK bool explain_text(const char *what, struct buf *ret, struct err *e);

#endif
