/* scenario/stage_events.c — counting what the program told. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "scenario/stage.h"

/* It itself, or one in a list of it. */
static bool is_value(const json_t *v, const char *value)
{
    CLEANUP(freep) char *text = v ? jx_canonical(v) : NULL;
    bool is = v && (str_eq(json_string_value(v), value) || str_eq(text, value));
    for (size_t i = 0; !is && i < json_array_size(v); i++)
        is = str_eq(json_string_value(json_array_get(v, i)), value);
    return is;
}

/* "reasons.cap_hour" is a member of a member. */
static const json_t *member(const json_t *fields, const char *path)
{
    CLEANUP(freep) char *name = mem_strdup(path);
    char *dot = strchr(name, '.');
    if (!dot)
        return json_object_get(fields, name);
    *dot = '\0';
    return json_object_get(json_object_get(fields, name), dot + 1);
}

/* "field=value" */
static bool has(const json_t *fields, const char *wanted)
{
    const char *equals = strchr(wanted, '=');
    CLEANUP(freep) char *path = mem_printf("%.*s", (int)(equals - wanted), wanted);
    return is_value(member(fields, path), equals + 1);
}

static bool has_all(const json_t *fields, const char *const wanted[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!has(fields, wanted[i]))
            return false;
    return true;
}

size_t stage_count_events(const struct stage *s, enum event event, const char *const wanted[],
                          size_t n_wanted)
{
    size_t n = 0;
    for (size_t i = 0; i < s->events.n; i++)
        n += s->events.at[i].event == event && has_all(s->events.at[i].fields, wanted, n_wanted);
    return n;
}
