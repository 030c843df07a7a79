/* model/manual.c — the manual and `explain`: the tables in words. */
#include <assert.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "model/config.h"
#include "model/decode.h"
#include "model/type_parts.h"

static bool has_range(const struct field *f)
{
    return f->min || f->max;
}

static void range_text(const struct field *f, struct buf *ret)
{
    char least[VALUE_TEXT], most[VALUE_TEXT];
    if (f->type == FT_DUR || f->type == FT_COOLDOWN)
        buf_printf(ret, ", %s to %s", value_print_dur(f->min, least),
                   value_print_dur(f->max, most));
    else if (f->type == FT_SIZE)
        buf_printf(ret, ", up to %s", value_print_size(f->max, most));
    else if (f->type == FT_RATE)
        buf_printf(ret, ", %s to %s", value_print_rate(f->rmin, least),
                   value_print_rate(f->rmax, most));
    else if (has_range(f))
        buf_printf(ret, ", %lld to %lld", (long long)f->min, (long long)f->max);
}

static void words_text(const struct field *f, struct buf *ret)
{
    for (int i = 0; i < f->n_names; i++)
        buf_printf(ret, " `%s`", f->names[i]);
}

static void default_text(const struct field *f, struct buf *ret)
{
    if (f->is_required)
        buf_puts(ret, "required");
    else if (f->from_settings)
        buf_printf(ret, "`settings.%s`", f->from_settings);
    else if (f->def && !str_eq(f->def, "-1"))
        buf_printf(ret, "`%s`", f->def);
    else if (f->type == FT_STRUCT)
        buf_puts(ret, "its members' defaults");
    else
        buf_puts(ret, "none");
}

static void type_text(const struct field *f, struct buf *ret)
{
    buf_puts(ret, type_words(f));
    if (f->n_names)
        words_text(f, ret);
    range_text(f, ret);
}

/* ---- the manual ---- */

static void field_rows(const struct field *fields, const char *prefix, struct buf *ret)
{
    for (const struct field *f = fields; f->name; f++) {
        bool is_common = f->offset < sizeof(struct common) &&
                         str_eq(fields[0].name, "description") && !prefix[0];
        if (is_common)
            continue;
        buf_printf(ret, "| `%s%s` | ", prefix, field_key(f));
        type_text(f, ret);
        buf_puts(ret, " | ");
        default_text(f, ret);
        buf_printf(ret, " | %s%s |\n", f->doc, f->is_inert ? " *(no effect yet)*" : "");
        if (f->fields && f->type != FT_SCHEDULE) {
            CLEANUP(freep)
            char *inner =
                mem_printf("%s%s%s.", prefix, field_key(f), f->type == FT_STRUCTS ? "[]" : "");
            field_rows(f->fields, inner, ret);
        }
    }
}

static const char table_head[] = "| field | takes | default | |\n|---|---|---|---|\n";

static void kind_section(enum kind kind, struct buf *ret)
{
    buf_printf(ret, "\n## %s\n\n", kind_plurals[kind]);
    if (kind == KIND_SHARE) {
        buf_puts(ret, "`INSTANCE: {USER: read-only | read-write}` — who may use an instance.\n");
        return;
    }
    buf_puts(ret, table_head);
    field_rows(kind_fields(kind), "", ret);
}

void manual_text(struct buf *ret)
{
    buf_puts(ret, "# What a Splintarr tree may say\n\nMade from the tables of fields; `splintarr "
                  "explain KIND.FIELD` says the same.\n"
                  "\n## Common to every kind\n\n");
    buf_puts(ret, table_head);
    for (const struct field *f = kind_fields(KIND_QUEUE); f->offset < sizeof(struct common); f++) {
        buf_printf(ret, "| `%s` | ", field_key(f));
        type_text(f, ret);
        buf_puts(ret, " | ");
        default_text(f, ret);
        buf_printf(ret, " | %s |\n", f->doc);
    }
    for (int k = 0; k < KIND_N; k++)
        kind_section((enum kind)k, ret);
    buf_puts(ret, "\n## Findings\n\n| code | |\n|---|---|\n");
    for (int i = 0; i < DIAG_N; i++)
        buf_printf(ret, "| %s | %s |\n", diag_code_text((enum diag_code)i),
                   diag_code_sentence((enum diag_code)i));
}

/* ---- explain ---- */

static void explain_fields(const struct field *fields, struct buf *ret)
{
    for (const struct field *f = fields; f->name; f++)
        buf_printf(ret, "  %-22s %s\n", field_key(f), f->doc);
}

static void explain_field(const char *path, const struct field *f, struct buf *ret)
{
    buf_printf(ret, "%s\n\n%s\n\nTakes    ", path, f->doc);
    type_text(f, ret);
    buf_puts(ret, "\nDefault  ");
    default_text(f, ret);
    if (f->example)
        buf_printf(ret, "\nExample  %s: %s", field_key(f), f->example);
    if (f->is_inert)
        buf_puts(ret, "\nAccepted, has no effect in this version.");
    buf_putc(ret, '\n');
    if (!f->fields)
        return;
    buf_puts(ret, "\nMembers\n");
    explain_fields(f->fields, ret);
}

/* `path`: up to the map where the key was looked for, `parent` that map's field; NULL: of a kind.
 */
static bool no_such_field(const struct field *fields, const struct field *parent, const char *key,
                          const char *path, struct err *e)
{
    enum { KEYS_MAX = 64 };
    const char *keys[KEYS_MAX] = {0};
    size_t n = 0;
    if (!fields)
        return err_set(e, ERR_USAGE, "there is no field '%s' in %s: it takes %s", key, path,
                       type_words(parent));
    for (const struct field *f = fields; f->name && n < KEYS_MAX; f++)
        keys[n++] = field_key(f);
    const char *near = str_did_you_mean(key, keys, n);
    CLEANUP(buf_done) struct buf all;
    buf_init(&all, 2000);
    for (size_t i = 0; i < n; i++)
        buf_printf(&all, " %s", keys[i]);
    return near ? err_set(e, ERR_USAGE, "there is no field '%s' in %s; did you mean '%s'?", key,
                          path, near)
                : err_set(e, ERR_USAGE, "there is no field '%s' in %s; there are:%s", key, path,
                          all.at);
}

/* KIND.FIELD.FIELD: walks down as far as the path goes. */
static bool walk(const struct field *fields, const char *path, struct buf *ret, struct err *e)
{
    const struct field *found = NULL;
    CLEANUP(freep) char *copy = mem_strdup(path);
    char *rest = copy, *key;
    strsep(&rest, ".");
    while ((key = strsep(&rest, "."))) {
        const struct field *f = fields;
        while (f && f->name && !str_eq(field_key(f), key))
            f++;
        if (!f || !f->name) {
            CLEANUP(freep) char *parent = mem_printf("%.*s", (int)(key - copy - 1), path);
            return no_such_field(fields, found, key, parent, e);
        }
        found = f;
        fields = f->fields;
    }
    assert(found);
    explain_field(path, found, ret);
    return true;
}

static bool no_such_kind(const char *text, struct err *e)
{
    const char *near = str_did_you_mean(text, kind_names, KIND_N);
    if (near)
        return err_set(e, ERR_USAGE, "there is no kind '%s'; did you mean '%s'?", text, near);
    return err_set(e, ERR_USAGE,
                   "there is no kind '%s' (settings user instance share schedule profile "
                   "notification exclusion queue)",
                   text);
}

/* A share is a map of users, not of fields. */
static bool explain_share(const char *rest, struct buf *ret, struct err *e)
{
    static const struct field grant = {
        .name = "USER", .type = FT_ENUM, .names = grant_names, .n_names = GRANT_N};
    if (rest)
        return err_set(e, ERR_USAGE,
                       "a share has no fields: it takes users, as in "
                       "shares: {sonarr-main: {alice: read-only}}");
    buf_puts(ret, "shares\n\nWho may use an instance of the root tree: INSTANCE: {USER: GRANT}.\n\n"
                  "Takes    for each user ");
    type_text(&grant, ret);
    buf_puts(ret, "\nExample  shares: {sonarr-main: {alice: read-write, tv-wall: read-only}}\n");
    return true;
}

bool explain_text(const char *what, struct buf *ret, struct err *e)
{
    size_t n = strcspn(what, ".");
    CLEANUP(freep) char *kind_text = mem_printf("%.*s", (int)n, what);
    int kind = kind_find(kind_text);
    if (kind < 0)
        return no_such_kind(kind_text, e);
    if (kind == KIND_SHARE)
        return explain_share(what[n] ? what + n : NULL, ret, e);
    if (what[n])
        return walk(kind_fields((enum kind)kind), what, ret, e);
    buf_printf(ret, "%s\n\nFields\n", kind_plurals[kind]);
    explain_fields(kind_fields((enum kind)kind), ret);
    return true;
}
