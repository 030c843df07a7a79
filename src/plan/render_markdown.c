/* plan/render_markdown.c — a plan as a comment on a pull request. */
#include "base/mem.h"
#include "base/str.h"
#include "plan/markdown.h"
#include "plan/render.h"

/* GitHub takes comments of 65,536 characters; some room for what stands around the changes. */
enum { CHANGES_MAX = 50000 };

static const char *title(const struct plan *p)
{
    if (p->holds.n > 0)
        return "held";
    return p->changes.n > 0 ? "changes" : "no changes";
}

static void put_origin(const struct plan *p, struct buf *out)
{
    markdown_code(p->tree->root, out);
    buf_puts(out, p->is_comparison ? " against " : ", state: ");
    if (p->state.revision == 0 && !p->options.from)
        buf_puts(out, "nothing applied yet");
    else
        markdown_code(p->base, out);
    buf_puts(out, "\n\n");
}

static void put_body(const struct plan *p, const struct plan_view *view, struct buf *out)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    put_changes(p, view, (struct style){.is_diff = true}, &text);
    if (text.n == 0)
        return;
    text.at[--text.n] = '\0'; /* the empty line after the last resource */
    markdown_block("diff", text.at, CHANGES_MAX, out);
    buf_putc(out, '\n');
}

static void put_caution(const char *what, const char *message, const char *release, struct buf *out)
{
    buf_printf(out, "> [!CAUTION]\n> **%s**, nothing of it is applied: ", what);
    markdown_text(message, out);
    if (release) {
        buf_puts(out, "\n> To go ahead: ");
        markdown_code(release, out);
    }
    buf_puts(out, "\n\n");
}

static void put_holds(const struct plan *p, struct buf *out)
{
    for (size_t i = 0; i < p->holds.n; i++)
        put_caution("Held", p->holds.at[i].message, p->holds.at[i].release, out);
    for (size_t i = 0; i < p->domains.n; i++) {
        const struct domain *d = &p->domains.at[i];
        CLEANUP(freep)
        char *what =
            mem_printf("%s: %s", domain_title(d, p->arena), d->is_held ? "held" : "rejected");
        put_caution(what, d->message, d->release, out);
    }
}

static void put_pin(const struct plan *p, struct buf *out)
{
    char since[UTC_TEXT];
    if (p->pin.revision > 0)
        buf_printf(out,
                   "> [!NOTE]\n> Pinned to revision %lld since %s; ends when the tree changes, or: "
                   "`splintarr apply`\n\n",
                   (long long)p->pin.revision, utc_format(p->pin.since, since));
}

static void put_notes(const struct plan *p, struct buf *out)
{
    for (size_t i = 0; i < p->notes.n; i++) {
        buf_puts(out, "- Warning: ");
        markdown_text(p->notes.at[i], out);
        buf_putc(out, '\n');
    }
}

void plan_markdown(const struct plan *p, const struct plan_view *view, struct buf *ret)
{
    buf_printf(ret, "### Splintarr plan: %s\n\n", title(p));
    put_origin(p, ret);
    put_holds(p, ret);
    put_pin(p, ret);
    put_body(p, view, ret);
    put_sum(p, ret);
    buf_putc(ret, '\n'); /* warnings of the tree may follow, as more of the same list */
    put_notes(p, ret);
}

void plan_invalid_markdown(const struct tree *tree, const struct diags *diags, struct buf *ret)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    diags_text(diags, false, &text);
    buf_puts(ret, "### Splintarr plan: invalid\n\n");
    markdown_code(tree->root, ret);
    buf_printf(ret, ": %zu error%s, nothing is applied.\n\n", diags_errors(diags),
               diags_errors(diags) == 1 ? "" : "s");
    markdown_block("text", text.at, CHANGES_MAX, ret);
}
