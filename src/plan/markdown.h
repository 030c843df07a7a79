/* plan/markdown.h — words of others in Markdown. Names, paths and messages come from files anybody
 * may have proposed: whatever they contain, they stay text. No HTML, no links, no mentions, and no
 * way out of a code block. */
#ifndef SPL_PLAN_MARKDOWN_H
#define SPL_PLAN_MARKDOWN_H

#include "base/buf.h"

/* On one line of prose. */
void markdown_text(const char *text, struct buf *ret);
/* `inline code`, whatever backticks are in it. */
void markdown_code(const char *text, struct buf *ret);
/* A fenced block; of more than `max` bytes the rest is left out, by whole lines, and said so. */
void markdown_block(const char *language, const char *text, size_t max, struct buf *ret);

#endif
