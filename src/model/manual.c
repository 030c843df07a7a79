/* model/manual.c — the manual and `explain`: the tables in words. */
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
        buf_printf(ret, "%s`%s`", i ? " " : " ", f->names[i]);
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

static bool no_such_field(const struct field *fields, const char *key, const char *path,
                          struct err *e)
{
    enum { KEYS_MAX = 64 };
    const char *keys[KEYS_MAX];
    size_t n = 0;
    for (const struct field *f = fields; f && f->name && n < KEYS_MAX; f++)
        keys[n++] = field_key(f);
    const char *near = str_did_you_mean(key, keys, n);
    return err_set(e, ERR_USAGE, "there is no field '%s' in %s%s%s%s", key, path,
                   near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* KIND.FIELD.FIELD: walks down as far as the path goes. */
static bool walk(const struct field *fields, char *path, char *rest, struct buf *ret, struct err *e)
{
    const struct field *found = NULL;
    char *key;
    while ((key = strsep(&rest, "."))) {
        const struct field *f = fields;
        while (f && f->name && !str_eq(field_key(f), key))
            f++;
        if (!f || !f->name)
            return no_such_field(fields, key, path, e);
        found = f;
        fields = f->fields;
    }
    explain_field(path, found, ret);
    return true;
}

bool explain_text(const char *what, struct buf *ret, struct err *e)
{
    CLEANUP(freep) char *path = mem_strdup(what);
    CLEANUP(freep) char *copy = mem_strdup(what);
    char *rest = copy, *kind_text = strsep(&rest, ".");
    int kind = kind_find(kind_text);
    if (kind < 0) {
        const char *near = str_did_you_mean(kind_text, kind_names, KIND_N);
        return err_set(
            e, ERR_USAGE, "there is no kind '%s'%s%s%s", kind_text, near ? "; did you mean '" : "",
            near ? near : "",
            near ? "'?"
                 : " (settings user instance share schedule profile notification exclusion queue)");
    }
    if (rest)
        return walk(kind_fields((enum kind)kind), path, rest, ret, e);
    buf_printf(ret, "%s\n\nFields\n", kind_plurals[kind]);
    explain_fields(kind_fields((enum kind)kind), ret);
    return true;
}
