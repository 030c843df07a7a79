/* model/ydoc_scalar.c — scalars: tags, and text that YAML changes or cuts off silently. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/ydoc_parts.h"

static const struct {
    const char *text;
    enum ytag tag;
} tags[] = {
    {"!secret", YTAG_SECRET},
    {"!file", YTAG_FILE},
    {"!env", YTAG_ENV},
    {"!env_var", YTAG_ENV},
};

static bool refuse_tag(struct ydoc *y, const char *tag, const yaml_event_t *event)
{
    static const char *const known[] = {"!secret", "!file", "!env", "!env_var"};
    static const char core[] = "tag:yaml.org,2002:";
    struct loc at = ydoc_loc(y, &event->start_mark);
    char lower[16];
    size_t n = 0;
    for (; tag[n] && n + 1 < sizeof lower; n++)
        lower[n] = (char)tolower((unsigned char)tag[n]);
    lower[n] = '\0';
    const char *near = str_did_you_mean(lower, known, COUNT(known));
    const char *hint = near ? arena_printf(y->arena, "did you mean %s?", near)
                            : "quote the value if it is meant to begin with '!'; tags known here: "
                              "!secret !file !env";
    if (str_starts(tag, core))
        return ydoc_report(y, DIAG_E113, at, 2,
                           "leave the tag out: the field decides what its value is",
                           "the tag !!%.60s is not supported", tag + strlen(core));
    return ydoc_report(y, DIAG_E113, at, (int)MIN(str_columns(tag, strlen(tag)), (size_t)60), hint,
                       "the tag %.60s is not known here", tag);
}

bool ydoc_tag_ok(struct ydoc *y, const char *tag, const yaml_event_t *event, enum ytag *ret)
{
    *ret = YTAG_NONE;
    if (!tag)
        return true;
    for (size_t i = 0; i < COUNT(tags); i++)
        if (str_eq(tag, tags[i].text)) {
            *ret = tags[i].tag;
            return true;
        }
    return refuse_tag(y, tag, event);
}

struct ynode *ydoc_null(struct ydoc *y, struct loc at)
{
    struct ynode *node = ARENA_NEW(y->arena, struct ynode);
    *node = (struct ynode){.type = Y_SCALAR,
                           .at = at,
                           .end_line = at.line,
                           .end_col = at.col,
                           .is_plain = true,
                           .text = "",
                           .is_reported = true};
    return node;
}

/* Columns of a node for the carets: to its end, or to the line's end when it has several. */
static int columns(const yaml_event_t *event)
{
    bool is_one_line = event->start_mark.line == event->end_mark.line;
    return is_one_line ? (int)(event->end_mark.column - event->start_mark.column) : 1;
}

/* "\b" in double quotes is a backspace, and nobody means that. */
static bool characters_ok(struct ydoc *y, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t n = event->data.scalar.length, i = 0;
    while (i < n && ((unsigned char)text[i] >= ' ' || strchr("\t\n\r", text[i])) && text[i] &&
           text[i] != 0x7F)
        i++;
    if (i == n)
        return true;
    const char *hint = text[i] == '\b' ? "in double quotes \\b is a backspace: use single quotes"
                                       : "in double quotes a backslash begins an escape: use "
                                         "single quotes";
    return ydoc_report(y, DIAG_E105, ydoc_loc(y, &event->start_mark), columns(event), hint,
                       "the value contains a control character (0x%02X)", (unsigned char)text[i]);
}

/* `Always Sunny #1`: YAML takes ` #1` for a comment. A real comment has a space behind its #. */
static void warn_of_comment(struct ydoc *y, const yaml_event_t *event)
{
    size_t end = ydoc_offset(y, &event->end_mark), at = end;
    while (y->bytes[at] == ' ' || y->bytes[at] == '\t')
        at++;
    bool is_comment = at > end && y->bytes[at] == '#' && event->data.scalar.length > 0;
    if (!is_comment || strchr(" \t\r\n#!", y->bytes[at + 1]))
        return;
    struct loc place = ydoc_loc(y, &event->end_mark);
    place.col += (int)(at - end);
    size_t n = strcspn(y->bytes + at, " \t\r\n");
    ydoc_report(y, DIAG_W004, place, (int)str_columns(y->bytes + at, MIN(n, (size_t)60)),
                "quote the value if this belongs to it; if it is a comment, put a space after '#'",
                "YAML takes ' #' for the beginning of a comment: the rest is cut off");
}

struct ynode *ydoc_scalar(struct ydoc *y, const yaml_event_t *event)
{
    struct loc at = ydoc_loc(y, &event->start_mark);
    yaml_scalar_style_t style = event->data.scalar.style;
    enum ytag tag;
    if (!ydoc_tag_ok(y, (const char *)event->data.scalar.tag, event, &tag) ||
        !characters_ok(y, event))
        return ydoc_null(y, at);
    if (style == YAML_PLAIN_SCALAR_STYLE)
        warn_of_comment(y, event);
    struct ynode *node = ARENA_NEW(y->arena, struct ynode);
    *node = (struct ynode){
        .type = Y_SCALAR,
        .at = at,
        .end_line = (int)event->end_mark.line + 1,
        .end_col = (int)event->end_mark.column + 1,
        .tag = tag,
        .is_plain = style == YAML_PLAIN_SCALAR_STYLE,
        .is_double_quoted = style == YAML_DOUBLE_QUOTED_SCALAR_STYLE,
        .text = arena_strndup(y->arena, (const char *)event->data.scalar.value,
                              event->data.scalar.length),
    };
    return node;
}
