/* cli/man.c — roff. What stands at the beginning of a line could be a request, so it never does. */
#include "cli/man.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/exits.h"
#include "cli/flags.h"

/* `code` becomes bold; backslashes, hyphens and quotes stay what they are. */
static void put(struct buf *b, const char *text, size_t n)
{
    bool is_bold = false;
    bool at_start = b->n == 0 || b->at[b->n - 1] == '\n';
    for (const char *c = text; c < text + n; c++) {
        if (at_start && (*c == '.' || *c == '\''))
            buf_puts(b, "\\&");
        if (*c == '`')
            buf_puts(b, (is_bold = !is_bold) ? "\\fB" : "\\fR");
        else if (*c == '\\')
            buf_puts(b, "\\e");
        else if (*c == '-')
            buf_puts(b, "\\-");
        else
            buf_putc(b, *c);
        at_start = *c == '\n';
    }
}

static void put_text(struct buf *b, const char *text)
{
    put(b, text, strlen(text));
}

static void head(struct buf *b, const char *name, int section, const char *doc)
{
    buf_printf(b, ".TH %s %d \"\" \"Splintarr\"\n.SH NAME\n%s \\- %s\n", name, section, name, doc);
}

static void heading(struct buf *b, const char *text)
{
    buf_printf(b, ".SH %s\n", text);
}

/* A term in bold and what it means. */
static void term(struct buf *b, const char *name, const char *meaning)
{
    buf_puts(b, ".TP\n\\fB");
    put_text(b, name);
    buf_puts(b, "\\fR\n");
    put_text(b, meaning);
    buf_putc(b, '\n');
}

/* ---- splintarr(1) ---- */

static void flag_terms(struct buf *b, const struct flag *table)
{
    for (const struct flag *f = table; f && f->name; f++) {
        CLEANUP(buf_done) struct buf name;
        buf_init(&name, 120);
        if (f->letter)
            buf_printf(&name, "-%c, ", f->letter);
        buf_printf(&name, "--%s", f->name);
        if (f->type == FLAG_VALUE)
            buf_printf(&name, " %s", f->value);
        if (f->type == FLAG_OPTIONAL)
            buf_printf(&name, "[=%s]", f->value);
        term(b, name.at, f->doc);
    }
}

static void command_section(struct buf *b, const struct command *c)
{
    buf_puts(b, ".SS splintarr ");
    put_text(b, c->usage);
    buf_putc(b, '\n');
    put_text(b, c->doc);
    buf_puts(b, ".\n");
    if (c->help) {
        buf_puts(b, ".PP\n.nf\n");
        put_text(b, c->help);
        buf_puts(b, "\n.fi\n");
    }
    flag_terms(b, c->flags);
    if (c->examples) {
        buf_puts(b, ".PP\n.nf\n");
        put_text(b, c->examples);
        buf_puts(b, "\n.fi\n");
    }
}

static void files_section(struct buf *b)
{
    static const struct {
        const char *path, *what;
    } files[] = {
        {"STATE/splintarr.db", "the state: one SQLCipher database"},
        {"STATE/key", "its key, unless --key-file names another place; keep a copy elsewhere"},
        {"STATE/lock", "held by whoever writes; names the process"},
        {"STATE/control.sock", "where a daemon listens to commands"},
    };
    heading(b, "FILES");
    for (size_t i = 0; i < COUNT(files); i++)
        term(b, files[i].path, files[i].what);
}

void man_of_commands(struct buf *ret)
{
    head(ret, "splintarr", 1, "search for what Sonarr and Radarr lack, declared in YAML");
    heading(ret, "SYNOPSIS");
    buf_puts(ret, "\\fBsplintarr\\fR \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]\n");
    heading(ret, "DESCRIPTION");
    put_text(ret,
             "Splintarr keeps Sonarr and Radarr searching for what their libraries lack: politely, "
             "on a schedule, with a memory. What it does is declared in a tree of YAML files "
             "(splintarr.yaml(5)) kept in git. `splintarr diff` shows what would change, "
             "`splintarr apply` makes it so, `splintarr daemon` does both whenever the files "
             "change, and searches.\n");
    heading(ret, "COMMANDS");
    for (size_t i = 0; commands[i]; i++)
        command_section(ret, commands[i]);
    heading(ret, "FLAGS OF EVERY COMMAND");
    flag_terms(ret, global_flags);
    heading(ret, "EXIT STATUS");
    for (size_t i = 0; exit_meanings[i].code; i++)
        term(ret, exit_meanings[i].code, exit_meanings[i].meaning);
    files_section(ret);
    heading(ret, "SEE ALSO");
    buf_puts(ret, "\\fBsplintarr.yaml\\fR(5)\n");
}

/* ---- splintarr.yaml(5) ---- */

enum { CELLS_MAX = 4 };

struct cells {
    const char *at[CELLS_MAX];
    size_t n[CELLS_MAX], count;
};

/* "| `batch` | a number, 1 to 500 | `10` | How many. |" */
static struct cells cells_of(const char *line, size_t n)
{
    struct cells c = {0};
    for (const char *end = line + n; line < end && c.count < CELLS_MAX;) {
        line += strspn(line, "| ");
        const char *bar = line < end ? strstr(line, " |") : NULL;
        if (!bar || bar > end)
            break;
        c.at[c.count] = line;
        c.n[c.count++] = (size_t)(bar - line);
        line = bar + 1;
    }
    return c;
}

/* The first cell is the term, the last what it means, those between what it takes. */
static void row(struct buf *b, const char *line, size_t n)
{
    struct cells c = cells_of(line, n);
    if (c.count < 2)
        return;
    buf_puts(b, ".TP\n");
    put(b, c.at[0], c.n[0]);
    buf_putc(b, '\n');
    put(b, c.at[c.count - 1], c.n[c.count - 1]);
    if (c.count == CELLS_MAX) {
        buf_puts(b, "\n.br\nTakes ");
        put(b, c.at[1], c.n[1]);
        buf_puts(b, "; default ");
        put(b, c.at[2], c.n[2]);
        buf_putc(b, '.');
    }
    buf_putc(b, '\n');
}

static bool is_table_head(const char *line)
{
    return str_starts(line, "|---") || str_starts(line, "| field ") || str_starts(line, "| code ");
}

static void line_of(struct buf *b, const char *line, size_t n)
{
    if (n == 0) {
        buf_puts(b, ".PP\n");
    } else if (str_starts(line, "## ")) {
        buf_puts(b, ".SH ");
        put(b, line + 3, n - 3);
        buf_putc(b, '\n');
    } else if (*line == '|' && !is_table_head(line)) {
        row(b, line, n);
    } else if (*line != '|' && *line != '#') {
        put(b, line, n);
        buf_putc(b, '\n');
    }
}

void man_of_manual(const char *markdown, struct buf *ret)
{
    head(ret, "splintarr.yaml", 5, "what a Splintarr tree may say");
    heading(ret, "DESCRIPTION");
    for (const char *line = markdown; *line;) {
        size_t n = strcspn(line, "\n");
        line_of(ret, line, n);
        line += n + (line[n] == '\n');
    }
    heading(ret, "SEE ALSO");
    buf_puts(ret, "\\fBsplintarr\\fR(1)\n");
}
