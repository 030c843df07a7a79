/* model/diag_snippet.c — one line of a user's file made fit to be shown: secrets hidden, tabs and
 * wide characters counted as a terminal shows them, long lines cut around the carets. */
#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "model/diag_parts.h"
#include "model/lines.h"

enum { SHOWN_MAX = 120, BEFORE_CARET = 40, TAB_WIDTH = 4 };
static const char mask[] = "********";
enum { MASK_WIDTH = sizeof mask - 1 };

/* ---- characters ---- */

struct code_range {
    uint32_t from, to;
};

/* Combining marks, joiners and variation selectors. */
static const struct code_range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
};

/* East Asian wide and full width (Unicode Standard Annex 11), and emoji. */
static const struct code_range double_width[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool in_ranges(uint32_t c, const struct code_range ranges[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

int diag_char_width(uint32_t c)
{
    if (in_ranges(c, zero_width, COUNT(zero_width)))
        return 0;
    return in_ranges(c, double_width, COUNT(double_width)) ? 2 : 1;
}

/* The code point of a well-formed character of `n` bytes; 0 for a stray byte. */
static uint32_t code_point(const char *s, size_t n)
{
    static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned char lead = (unsigned char)s[0];
    if (n == 1)
        return lead < 0x80 ? lead : 0;
    uint32_t c = lead & lead_bits[n];
    for (size_t i = 1; i < n; i++)
        c = c << 6 | ((unsigned char)s[i] & 0x3F);
    return c;
}

/* Steers a terminal, or reverses the direction of what follows. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* ---- what to hide ---- */

/* Part of keys whose value is, or may be, a secret; typing errors of them too. */
static const char *const secret_parts[] = {"key",  "token",  "secret", "pass", "word", "pwd",
                                           "auth", "cookie", "cred",   "api",  "hash"};
/* Keys with such a part that are none: references, and names of places. */
static const char *const harmless_keys[] = {"secret", "secret_dir", "credential"};

static bool is_key_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

static bool sounds_secret(const char *key, size_t n)
{
    char lower[64];
    if (n >= sizeof lower)
        return false;
    for (size_t i = 0; i < n; i++)
        lower[i] = (char)tolower((unsigned char)key[i]);
    lower[n] = '\0';
    for (size_t i = 0; i < COUNT(harmless_keys); i++)
        if (str_eq(lower, harmless_keys[i]))
            return false;
    for (size_t i = 0; i < COUNT(secret_parts); i++)
        if (strstr(lower, secret_parts[i]))
            return true;
    return false;
}

struct hiding { /* one bool a byte of the line: hidden or not */
    const char *line;
    size_t n;
    bool *is_hidden;
};

static void hide(struct hiding *h, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < h->n; i++)
        h->is_hidden[i] = true;
}

/* The end of a value that begins at `at`: a quoted one at its quote, a bare one before " #" or, in
 * a flow map, before what ends it; too much rather than too little. */
static size_t value_end(const char *s, size_t at, size_t n)
{
    char quote = s[at];
    size_t end = at + 1;
    if (quote == '"' || quote == '\'') {
        while (end < n && (s[end] != quote || (quote == '"' && s[end - 1] == '\\')))
            end++;
        return MIN(end + 1, n);
    }
    while (end < n && !(s[end] == ' ' && s[end + 1] == '#') && s[end] != '}' &&
           !(s[end] == ',' && end + 1 < n && s[end + 1] == ' '))
        end++;
    while (end > at && s[end - 1] == ' ')
        end--;
    return end;
}

/* Values behind keys that sound secret, unless they are references: a map, an alias, a tag. */
static void hide_by_key(struct hiding *h)
{
    const char *s = h->line;
    for (size_t colon = 1; colon + 1 < h->n; colon++) {
        size_t key_end = colon, value = colon + 1;
        if (s[colon] != ':')
            continue;
        if (s[key_end - 1] == '"' || s[key_end - 1] == '\'')
            key_end--;
        size_t key = key_end;
        while (key && is_key_char(s[key - 1]))
            key--;
        while (value < h->n && (s[value] == ' ' || s[value] == '\t'))
            value++;
        bool is_reference = value == h->n || strchr("{*&!#[", s[value]);
        if (value > colon + 1 && !is_reference && sounds_secret(s + key, key_end - key))
            hide(h, value, value_end(s, value, h->n));
    }
}

/* Runs that no word and no number is: API keys, tokens in URLs. */
static void hide_long_runs(struct hiding *h)
{
    enum { RUN_MIN = 20 };
    for (size_t i = 0; i < h->n;) {
        size_t end = i;
        bool has_digit = false, has_letter = false;
        for (; end < h->n && (isalnum((unsigned char)h->line[end]) || strchr("_-+=", h->line[end]));
             end++) {
            has_digit = has_digit || isdigit((unsigned char)h->line[end]);
            has_letter = has_letter || isalpha((unsigned char)h->line[end]);
        }
        if (end - i >= RUN_MIN && has_digit && has_letter)
            hide(h, i, end);
        i = end + 1;
    }
}

static size_t column_offset(const char *line, size_t n, int col)
{
    size_t at = 0;
    for (int i = 1; i < col && at < n; i++)
        at += lines_char(line + at, n - at);
    return at;
}

/* A secret of unknown length ends with the line. */
static void hide_range(struct hiding *h, struct diag_range r, int first_col)
{
    size_t from = column_offset(h->line, h->n, r.from - first_col + 1);
    hide(h, from, r.to > r.from ? column_offset(h->line, h->n, r.to - first_col + 1) : h->n);
}

/* What a cut line begins with may be the rest of a secret whose key is cut off. */
static void hide_cut_value(struct hiding *h)
{
    size_t n = 0;
    while (n < h->n && !strchr(",{[", h->line[n]))
        n++;
    hide(h, 0, n);
}

/* ---- what to show ---- */

struct cell { /* a piece of the shown line */
    const char *text;
    size_t n;
    int width;
    int col; /* of the source, that it starts at */
};

struct cells {
    VEC(struct cell) v;
    int end_col; /* of the source, behind the last character */
};

static struct cell cell_of(const char *s, size_t n, int col)
{
    static const char spaces[] = "    ", replacement[] = "\xEF\xBF\xBD";
    uint32_t c = code_point(s, n);
    if (c == '\t')
        return (struct cell){spaces, TAB_WIDTH, TAB_WIDTH, col};
    if (is_control(c))
        return (struct cell){replacement, 3, 1, col};
    return (struct cell){s, n, diag_char_width(c), col};
}

static void cells_make(const struct hiding *h, int col, struct cells *ret)
{
    bool was_hidden = false;
    for (size_t i = 0; i < h->n; col++) {
        size_t n = lines_char(h->line + i, h->n - i);
        if (!h->is_hidden[i])
            vec_push(&ret->v, cell_of(h->line + i, n, col));
        else if (!was_hidden)
            vec_push(&ret->v, (struct cell){mask, MASK_WIDTH, MASK_WIDTH, col});
        was_hidden = h->is_hidden[i];
        i += n;
    }
    ret->end_col = col;
}

/* The cell that shows source column `col`; past the line's end: their number. */
static size_t cell_of_col(const struct cells *c, int col)
{
    size_t i = c->v.n;
    if (col >= c->end_col)
        return i;
    while (i && c->v.at[i - 1].col > col)
        i--;
    return i ? i - 1 : 0;
}

static int width_of(const struct cells *c, size_t from, size_t to)
{
    int width = 0;
    for (size_t i = from; i < to; i++)
        width += c->v.at[i].width;
    return width;
}

/* Cells [from, to) of at most SHOWN_MAX columns, with the caret's in them. */
static void window_find(const struct cells *c, size_t caret, size_t *ret_from, size_t *ret_to)
{
    size_t from = 0, to = c->v.n;
    if (width_of(c, 0, caret) > SHOWN_MAX - BEFORE_CARET) {
        from = caret;
        while (from && width_of(c, from, caret) < BEFORE_CARET)
            from--;
    }
    int width = 0;
    for (to = from; to < c->v.n && width + c->v.at[to].width <= SHOWN_MAX; to++)
        width += c->v.at[to].width;
    *ret_from = from;
    *ret_to = to;
}

static const char *cells_text(struct arena *arena, const struct cells *c, size_t from, size_t to,
                              bool is_cut)
{
    static const char ellipsis[] = "…";
    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    if (is_cut)
        buf_puts(&text, ellipsis);
    for (size_t i = from; i < to; i++)
        buf_add(&text, c->v.at[i].text, c->v.at[i].n);
    if (to < c->v.n)
        buf_puts(&text, ellipsis);
    while (text.n && text.at[text.n - 1] == ' ')
        text.at[--text.n] = '\0';
    return arena_strdup(arena, text.at);
}

struct diag_snippet diag_snippet_make(struct arena *arena, const struct diag_line *line,
                                      struct diag_range caret, const struct diag_range hidden[],
                                      size_t n_hidden)
{
    struct hiding h = {line->text, line->n, ARENA_ARRAY(arena, bool, line->n + 1)};
    hide_by_key(&h);
    hide_long_runs(&h);
    if (line->first_col > 1)
        hide_cut_value(&h);
    for (size_t i = 0; i < n_hidden; i++)
        hide_range(&h, hidden[i], line->first_col);

    struct cells cells = {.end_col = 1};
    cells_make(&h, line->first_col, &cells);
    size_t first = cell_of_col(&cells, caret.from), last = cell_of_col(&cells, caret.to - 1);
    size_t from, to;
    window_find(&cells, first, &from, &to);
    int start = width_of(&cells, from, MIN(first, to));
    int end = width_of(&cells, from, MIN(MAX(last + 1, first), to));
    bool is_cut = from > 0 || line->first_col > 1;
    struct diag_snippet s = {.text = cells_text(arena, &cells, from, to, is_cut),
                             .caret = start + is_cut,
                             .n_carets = MAX(end - start, 1)};
    vec_done(&cells.v);
    return s;
}
