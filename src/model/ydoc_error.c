/* model/ydoc_error.c — what libyaml stopped at, in words that say what to do. Its messages speak of
 * tokens; people wrote a title with a colon in it. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/ydoc_parts.h"

enum primary { AT_PROBLEM, AT_CONTEXT };

/* By libyaml's `problem` and `context`, the beginning of each; NULL fits all. First fit counts. */
static const struct explanation {
    const char *problem, *context;
    enum primary primary; /* the other place is shown too */
    const char *message, *hint;
    enum diag_code code; /* E100 unless said otherwise */
} explanations[] = {
    {"found unexpected end of stream", "while scanning a quoted scalar", AT_CONTEXT,
     "a quote is opened here and never closed", "the second place is where the file ends"},
    {"found unexpected document indicator", "while scanning a quoted scalar", AT_CONTEXT,
     "a quote is opened here and never closed", "the second place is where it must end"},
    {"found unknown escape character", NULL, AT_PROBLEM, "an escape that double quotes do not know",
     "use single quotes: they know no escapes"},
    {"did not find expected hexdecimal number", NULL, AT_PROBLEM,
     "an escape without its hexadecimal digits", "use single quotes: they know no escapes"},
    {"found invalid Unicode character escape code", NULL, AT_PROBLEM,
     "an escape that is no character", "write the character itself"},
    {"did not find expected ',' or ']'", NULL, AT_CONTEXT,
     "a list is opened here with '[' and not closed",
     "close it with ']', or quote the value if it is meant to begin with '['"},
    {"did not find expected ',' or '}'", NULL, AT_CONTEXT,
     "a map is opened here with '{' and not closed",
     "close it with '}', or quote the value if it is meant to begin with '{'"},
    {"did not find expected key", "while parsing a block mapping", AT_CONTEXT,
     "the keys of this map do not line up",
     "the second place is where it breaks off: same indentation for all keys of one map"},
    {"did not find expected '-' indicator", NULL, AT_CONTEXT,
     "the elements of this list do not line up",
     "the second place is where it breaks off: same indentation for all '-' of one list"},
    {"could not find expected ':'", NULL, AT_CONTEXT,
     "this line is neither 'key: value' nor '- element'", "write a ':' and a space after the key"},
    {"block sequence entries are not allowed", NULL, AT_PROBLEM, "a list cannot begin here",
     "put each '- element' on its own line below the key"},
    {"mapping keys are not allowed", NULL, AT_PROBLEM, "a '?' cannot stand here",
     "quote the value if it is meant to begin with '?'"},
    {"did not find expected alphabetic or numeric", "while scanning an alias", AT_CONTEXT,
     "a value cannot begin with '*'", "quote the value"},
    {"did not find expected alphabetic or numeric", "while scanning an anchor", AT_CONTEXT,
     "a value cannot begin with '&'", "quote the value"},
    {NULL, "while scanning a tag", AT_CONTEXT, "a value cannot begin with '!'",
     "quote the value, or write !secret NAME"},
    {NULL, "while parsing a tag", AT_CONTEXT, "a value cannot begin with '!'",
     "quote the value, or write !secret NAME"},
    {"found undefined tag handle", NULL, AT_PROBLEM, "a tag that is not known here",
     "quote the value if it is meant to begin with '!'"},
    {"found a tab character", NULL, AT_PROBLEM, "a tab where indentation is expected",
     "indent with spaces"},
    {"found incompatible YAML document", NULL, AT_PROBLEM, "a %YAML version other than 1.1 and 1.2",
     "remove the %YAML line", DIAG_E113},
    {NULL, "while scanning a directive", AT_CONTEXT, "a line cannot begin with '%'",
     "quote the value, or remove the line"},
    {"found unknown directive name", NULL, AT_PROBLEM, "a line cannot begin with '%'",
     "quote the value, or remove the line"},
    {"did not find expected <document start>", NULL, AT_PROBLEM,
     "this does not belong to the map above",
     "same indentation for all keys of one map; only one document in a file"},
    {"did not find expected node content", NULL, AT_PROBLEM, "a value is missing here",
     "quote the value if it is meant to begin with this character"},
    {NULL, "while scanning a block scalar", AT_PROBLEM,
     "a text behind '|' or '>' that is not in order",
     "begin the text on the next line, indented by spaces"},
};

static bool starts_or_null(const char *s, const char *prefix)
{
    return !prefix || (s && str_starts(s, prefix));
}

static const struct explanation *explanation_find(const char *problem, const char *context)
{
    for (size_t i = 0; i < COUNT(explanations); i++)
        if (starts_or_null(problem, explanations[i].problem) &&
            starts_or_null(context, explanations[i].context))
            return &explanations[i];
    return NULL;
}

/* ---- mistakes that libyaml notices too late ---- */

/* Where the value begins in the bytes of a line up to `n`: behind the first ": " or "- ". */
static size_t value_start(const char *line, size_t n)
{
    size_t at = 0;
    while (at < n && line[at] == ' ')
        at++;
    while (at + 1 < n && line[at] == '-' && line[at + 1] == ' ')
        at += 2 + strspn(line + at + 2, " ");
    for (size_t i = at; i + 1 < n; i++)
        if (line[i] == ':' && line[i + 1] == ' ')
            return i + 2 + strspn(line + i + 2, " ");
    return at;
}

static struct loc col_on_line(struct loc at, const char *line, size_t offset)
{
    at.col = 1 + (int)str_columns(line, offset);
    return at;
}

/* `title: Star Wars: Andor`: the colon in the value is what is wrong. */
static bool explain_colon(struct ydoc *y, struct loc at)
{
    size_t n;
    const char *line = lines_at(&y->lines, at.line, &n);
    size_t problem = lines_offset(&y->lines, at.line, at.col) - (size_t)(line - y->bytes);
    size_t value = value_start(line, problem);
    bool is_in_value =
        value < problem && value > 1 && (line[value - 1] == ' ') && memchr(line, ':', value);
    if (is_in_value)
        ydoc_report(y, DIAG_E100, at, 1, "write it like title: 'Star Wars: Andor'",
                    "a value containing ': ' must be quoted");
    else
        ydoc_report(y, DIAG_E100, at, 1,
                    "give the key the same indentation as the ones above, or put the value of the "
                    "line above in quotes",
                    "a key cannot stand here: the line above has a value already");
    return true;
}

/* `title: [REC] 2` and `title: "A" or B`: the value begins with what needs quotes. */
static bool explain_opening(struct ydoc *y, struct loc at)
{
    size_t n;
    const char *line = lines_at(&y->lines, at.line, &n);
    size_t problem = lines_offset(&y->lines, at.line, at.col) - (size_t)(line - y->bytes);
    size_t value = value_start(line, problem);
    if (value >= problem || !strchr("[{\"'", line[value]) || at.col <= 1)
        return false;
    char message[80];
    bool is_quote = line[value] == '"' || line[value] == '\'';
    snprintf(message, sizeof message,
             is_quote ? "the value goes on after its closing %c"
                      : "a value that begins with '%c' must be quoted",
             line[value]);
    ydoc_report_two(
        y, DIAG_E100, col_on_line(at, line, value), 1, at,
        is_quote ? "put the whole value in quotes of the other kind" : "quote the value", message);
    return true;
}

/* `key: @value`, a tab, or the like. */
static bool explain_token(struct ydoc *y, struct loc at)
{
    size_t offset = lines_offset(&y->lines, at.line, at.col);
    char c = y->bytes[offset];
    if (c == '\t')
        return !ydoc_report(y, DIAG_E100, at, 1, "indent with spaces",
                            "a tab where indentation is expected");
    return !ydoc_report(y, DIAG_E100, at, 1, "quote the value", "a value cannot begin with '%c'",
                        c);
}

static bool explain_special(struct ydoc *y, const char *problem, struct loc at)
{
    char here = y->bytes[lines_offset(&y->lines, at.line, at.col)];
    if (str_starts(problem, "did not find expected key") && here == ':')
        return !ydoc_report(y, DIAG_E100, at, 1, "write 'name: value'", "an empty key");
    if (str_starts(problem, "mapping values are not allowed"))
        return explain_colon(y, at);
    if (str_starts(problem, "found character that cannot start any token"))
        return explain_token(y, at);
    if (str_starts(problem, "did not find expected key") ||
        str_starts(problem, "did not find expected '-' indicator") ||
        str_starts(problem, "did not find expected <document start>"))
        return explain_opening(y, at);
    return false;
}

static struct loc reader_place(struct ydoc *y)
{
    struct loc at = {.file = y->file};
    lines_place(&y->lines, y->parser->problem_offset, &at.line, &at.col);
    return at;
}

void ydoc_syntax_error(struct ydoc *y)
{
    const yaml_parser_t *p = y->parser;
    const char *problem = p->problem ? p->problem : "it cannot be parsed";
    if (p->error == YAML_READER_ERROR) {
        ydoc_report(y, DIAG_E100, reader_place(y), 1, "remove or replace it",
                    "a character that YAML does not allow: %s", problem);
        return;
    }
    struct loc at = ydoc_loc(y, &p->problem_mark), context = ydoc_loc(y, &p->context_mark);
    if (explain_special(y, problem, at))
        return;
    const struct explanation *x = explanation_find(problem, p->context);
    if (!x) {
        ydoc_report(y, DIAG_E100, at, 1, NULL, "not valid YAML: %s%s%s", problem,
                    p->context ? " " : "", p->context ? p->context : "");
        return;
    }
    bool has_two = p->context && (context.line != at.line || context.col != at.col);
    struct loc first = x->primary == AT_CONTEXT && p->context ? context : at;
    struct loc second = x->primary == AT_CONTEXT ? at : context;
    if (has_two)
        ydoc_report_two(y, x->code, first, 1, second, x->hint, x->message);
    else
        ydoc_report(y, x->code, first, 1, x->hint, "%s", x->message);
}

/* ---- merge conflicts ---- */

/* `is_broken`: a line of nothing but = counts. */
static bool is_marker(const struct ydoc *y, int line_number, bool is_broken)
{
    size_t n;
    const char *line = lines_at(&y->lines, line_number, &n);
    if (n > 8 && (memcmp(line, "<<<<<<< ", 8) == 0 || memcmp(line, ">>>>>>> ", 8) == 0))
        return true;
    return is_broken && n >= 7 && line[0] == '=' && strspn(line, "=") >= n;
}

bool ydoc_conflict(struct ydoc *y, bool is_broken)
{
    int n_lines = (int)y->lines.starts.n;
    for (int i = 1; i <= n_lines; i++) {
        if (!is_marker(y, i, is_broken))
            continue;
        ydoc_report(y, DIAG_E111, (struct loc){y->file, i, 1}, 7,
                    "choose one side, remove the markers, then commit",
                    "unresolved merge conflict");
        return true;
    }
    return false;
}
