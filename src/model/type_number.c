/* model/type_number.c — booleans, numbers, durations and the like: one scalar, one value, a range.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/type_parts.h"

static bool has_range(const struct field *f)
{
    return f->min || f->max;
}

static json_t *pattern(const char *regex)
{
    json_t *o = schema_of("string");
    jx_put(o, "pattern", jx_string(regex));
    return o;
}

/* ---- true, false ---- */

static bool read_truth(const struct reading *x, const struct field *f, const struct ynode *n,
                       bool *ret)
{
    struct value_problem p = {0};
    if (!is_scalar(x, f, n))
        return false;
    if (!n->is_plain)
        return reading_refuse(x, DIAG_E105, n, "write it without quotes",
                              "%s: a text, not true or false", field_key(f));
    return value_bool(n->text, ret, &p) || refuse_value(x, f, n, &p);
}

static bool read_bool(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    return read_truth(x, f, n, ret);
}

static json_t *write_bool(const struct field *f UNUSED, const void *value)
{
    return json_boolean(*(const bool *)value);
}

static json_t *bool_schema(const struct field *f UNUSED)
{
    return schema_of("boolean");
}

const struct type type_BOOL = {.read = read_bool, .write = write_bool, .schema = bool_schema};

static bool read_tri(const struct reading *x, const struct field *f, const struct ynode *n,
                     void *ret)
{
    bool truth = false;
    if (!read_truth(x, f, n, &truth))
        return false;
    *(enum tri *)ret = truth ? TRI_TRUE : TRI_FALSE;
    return true;
}

static json_t *write_tri(const struct field *f UNUSED, const void *value)
{
    enum tri v = *(const enum tri *)value;
    return v == TRI_UNSET ? NULL : json_boolean(v == TRI_TRUE);
}

const struct type type_TRI = {.read = read_tri, .write = write_tri, .schema = bool_schema};

/* ---- whole numbers ---- */

static bool read_int(const struct reading *x, const struct field *f, const struct ynode *n,
                     void *ret)
{
    struct value_problem p = {0};
    int64_t v;
    if (!is_scalar(x, f, n))
        return false;
    if (!value_int(n->text, &v, &p))
        return refuse_value(x, f, n, &p);
    /* -1 is how an unset season looks inside; nobody may write it */
    bool is_unset = !x->diags && f->def && str_eq(f->def, n->text);
    if (has_range(f) && !is_unset && (v < f->min || v > f->max)) {
        char least[24], most[24];
        snprintf(least, sizeof least, "%" PRId64, f->min);
        snprintf(most, sizeof most, "%" PRId64, f->max);
        return refuse_range(x, f, n, least, most);
    }
    *(int64_t *)ret = v;
    return true;
}

static json_t *write_int(const struct field *f, const void *value)
{
    int64_t v = *(const int64_t *)value;
    bool is_unset = f->def ? v < f->min : v == 0 && f->min > 0;
    return is_unset ? NULL : json_integer(v);
}

static json_t *int_schema(const struct field *f)
{
    json_t *o = schema_of("integer");
    if (has_range(f)) {
        jx_put(o, "minimum", json_integer(f->min));
        jx_put(o, "maximum", json_integer(f->max));
    }
    return o;
}

const struct type type_INT = {.read = read_int, .write = write_int, .schema = int_schema};

/* ---- durations ---- */

static bool check_dur(const struct reading *x, const struct field *f, const struct ynode *n, ms_t v)
{
    if (!has_range(f) || (v >= f->min && v <= f->max))
        return true;
    char least[VALUE_TEXT], most[VALUE_TEXT];
    return refuse_range(x, f, n, value_print_dur(f->min, least), value_print_dur(f->max, most));
}

static bool read_dur(const struct reading *x, const struct field *f, const struct ynode *n,
                     void *ret)
{
    struct value_problem p = {0};
    ms_t v;
    if (!is_scalar(x, f, n))
        return false;
    if (!value_dur(n->text, &v, &p))
        return refuse_value(x, f, n, &p);
    if (!check_dur(x, f, n, v))
        return false;
    *(ms_t *)ret = v;
    return true;
}

static json_t *write_dur(const struct field *f, const void *value)
{
    char text[VALUE_TEXT];
    ms_t v = *(const ms_t *)value;
    bool is_unset = v == 0 && f->min > 0;
    return is_unset ? NULL : jx_string(value_print_dur(v, text));
}

static const char duration_pattern[] =
    "^([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";

static json_t *dur_schema(const struct field *f UNUSED)
{
    json_t *o = pattern(duration_pattern);
    jx_put(o, "minLength", json_integer(2));
    return o;
}

const struct type type_DUR = {.read = read_dur, .write = write_dur, .schema = dur_schema};

static bool read_cooldown(const struct reading *x, const struct field *f, const struct ynode *n,
                          void *ret)
{
    struct cooldown *v = ret;
    if (n->type == Y_SCALAR && str_eq(n->text, "adaptive")) {
        *v = (struct cooldown){.is_adaptive = true};
        return true;
    }
    ms_t flat;
    if (!read_dur(x, f, n, &flat))
        return false;
    *v = (struct cooldown){.flat = flat};
    return true;
}

static json_t *write_cooldown(const struct field *f, const void *value)
{
    const struct cooldown *v = value;
    return v->is_adaptive ? jx_string("adaptive") : write_dur(f, &v->flat);
}

static json_t *cooldown_schema(const struct field *f)
{
    json_t *word = json_object();
    jx_put(word, "const", jx_string("adaptive"));
    return schema_either(word, dur_schema(f));
}

const struct type type_COOLDOWN = {
    .read = read_cooldown, .write = write_cooldown, .schema = cooldown_schema};

/* ---- rates, shares, sizes ---- */

static bool read_rate(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    struct value_problem p = {0};
    double v;
    if (!is_scalar(x, f, n))
        return false;
    if (!value_rate(n->text, &v, &p))
        return refuse_value(x, f, n, &p);
    if (v < f->rmin || v > f->rmax) {
        char least[VALUE_TEXT], most[VALUE_TEXT];
        return refuse_range(x, f, n, value_print_rate(f->rmin, least),
                            value_print_rate(f->rmax, most));
    }
    *(double *)ret = v;
    return true;
}

static json_t *write_rate(const struct field *f UNUSED, const void *value)
{
    char text[VALUE_TEXT];
    return jx_string(value_print_rate(*(const double *)value, text));
}

static json_t *rate_schema(const struct field *f UNUSED)
{
    return pattern("^[0-9]+(\\.[0-9]+)?/[smh]$");
}

const struct type type_RATE = {.read = read_rate, .write = write_rate, .schema = rate_schema};

static bool read_percent(const struct reading *x, const struct field *f, const struct ynode *n,
                         void *ret)
{
    struct value_problem p = {0};
    return is_scalar(x, f, n) && (value_percent(n->text, ret, &p) || refuse_value(x, f, n, &p));
}

static json_t *write_percent(const struct field *f UNUSED, const void *value)
{
    char text[VALUE_TEXT];
    return jx_string(value_print_percent(*(const double *)value, text));
}

static json_t *percent_schema(const struct field *f UNUSED)
{
    return pattern("^[0-9]+(\\.[0-9]+)?%$");
}

const struct type type_PERCENT = {
    .read = read_percent, .write = write_percent, .schema = percent_schema};

static bool read_size(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    struct value_problem p = {0};
    int64_t v;
    if (!is_scalar(x, f, n))
        return false;
    if (!value_size(n->text, &v, &p))
        return refuse_value(x, f, n, &p);
    if (has_range(f) && (v < f->min || v > f->max)) {
        char least[VALUE_TEXT], most[VALUE_TEXT];
        return refuse_range(x, f, n, value_print_size(f->min, least),
                            value_print_size(f->max, most));
    }
    *(int64_t *)ret = v;
    return true;
}

static json_t *write_size(const struct field *f UNUSED, const void *value)
{
    char text[VALUE_TEXT];
    return jx_string(value_print_size(*(const int64_t *)value, text));
}

static json_t *size_schema(const struct field *f UNUSED)
{
    return pattern("^[0-9]+([KMGT]i?B|B)?$");
}

const struct type type_SIZE = {.read = read_size, .write = write_size, .schema = size_schema};

static bool read_amount(const struct reading *x, const struct field *f, const struct ynode *n,
                        void *ret)
{
    struct value_problem p = {0};
    return is_scalar(x, f, n) && (value_amount(n->text, ret, &p) || refuse_value(x, f, n, &p));
}

static json_t *write_amount(const struct field *f UNUSED, const void *value)
{
    char text[VALUE_TEXT];
    return jx_string(value_print_amount(value, text));
}

static json_t *amount_schema(const struct field *f)
{
    json_t *count = schema_of("integer");
    jx_put(count, "minimum", json_integer(0));
    return schema_either(count, percent_schema(f));
}

const struct type type_AMOUNT = {
    .read = read_amount, .write = write_amount, .schema = amount_schema};

static bool read_years(const struct reading *x, const struct field *f, const struct ynode *n,
                       void *ret)
{
    struct value_problem p = {0};
    return is_scalar(x, f, n) && (value_years(n->text, ret, &p) || refuse_value(x, f, n, &p));
}

static json_t *write_years(const struct field *f UNUSED, const void *value)
{
    const struct years *v = value;
    char text[VALUE_TEXT];
    return v->from || v->to ? jx_string(value_print_years(v, text)) : NULL;
}

static json_t *years_schema(const struct field *f UNUSED)
{
    return schema_either(schema_of("integer"), pattern("^[0-9]{4}(-[0-9]{4})?$"));
}

const struct type type_YEARS = {.read = read_years, .write = write_years, .schema = years_schema};

/* ---- dates ---- */

static bool read_until(const struct reading *x, const struct field *f, const struct ynode *n,
                       void *ret)
{
    struct value_problem p = {0};
    return is_scalar(x, f, n) &&
           (value_until(n->text, x->zone, ret, &p) || refuse_value(x, f, n, &p));
}

static json_t *write_until(const struct field *f UNUSED, const void *value)
{
    return *(const utc_t *)value ? jx_time(*(const utc_t *)value) : NULL;
}

/* A day stays a day: which instant it ends at depends on the time zone of the settings. */
static json_t *keep_day(const struct ynode *n)
{
    return strlen(n->text) == strlen("2026-12-31") ? jx_string(n->text) : NULL;
}

static json_t *until_schema(const struct field *f UNUSED)
{
    return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}");
}

const struct type type_UNTIL = {
    .read = read_until, .write = write_until, .schema = until_schema, .keep = keep_day};
