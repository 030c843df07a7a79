/* cli/man.h — man pages in roff, man(7) macros, made from the same tables as help and manual. */
#ifndef SPL_CLI_MAN_H
#define SPL_CLI_MAN_H

#include "base/buf.h"

/* splintarr(1): commands, flags, exit status, files, environment. */
void man_of_commands(struct buf *ret);
/* splintarr.yaml(5), from the Markdown of manual_text: headings, tables and paragraphs. */
void man_of_manual(const char *markdown, struct buf *ret);

#endif
