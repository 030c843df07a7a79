/* model/diag.h — findings about the user's files, collected so that one run reports all of them.
 *
 * A finding has a stable code (codes.def: E101 unknown key, E301 literal secret, W090 no effect
 * yet, …), a place, and advice. Strings passed in are copied into the list's arena. At most 50 are
 * shown and DIAGS_MAX kept, errors before warnings; the rest are counted. Secrets are never quoted:
 * pass the value's place, and set `is_secret` so that the snippet hides it.
 *
 * Snippets are made here: whoever reads a file registers its bytes (diags_add_source; ydoc_parse
 * does), and callers pass the place and `end_col`. A finding with end_col 0 knows only its place
 * and shows no line, nor does one in a file nobody registered. Hidden in every snippet: the places
 * of all findings with is_secret, values of keys that sound secret (api_key, password, token …),
 * and long runs of mixed letters and digits. */
#ifndef SPL_MODEL_DIAG_H
#define SPL_MODEL_DIAG_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

enum diag_code {
#define CODE(code, severity, sentence) DIAG_##code,
#include "model/codes.def"
#undef CODE
    DIAG_N
};

struct diag {
    enum diag_code code;
    struct loc at;
    int end_col; /* exclusive, on the same line, for the carets; 0: show the place only */
    const char *message;
    const char *caret;   /* text behind the carets ("did you mean 'schedule'?"), or NULL */
    const char *hints;   /* lines shown behind "= ", separated by \n, or NULL */
    const char *snippet; /* out only: the line as shown, secrets hidden, long ones cut, or NULL */
    bool is_secret;      /* from `at` to end_col stands a secret */
    const struct loc *related; /* the other places: duplicates, "did you mean" declarations */
    size_t n_related;
};

enum { DIAGS_MAX = 1000, DIAGS_SHOWN = 50 };
struct diags;

struct diags *diags_new(void);
struct diags *diags_free(struct diags *d);
void diags_freep(struct diags **d);

/* Lines for snippets. `file` is copied, `bytes` borrowed until the last diags_add. */
void diags_add_source(struct diags *d, const char *file, const char *bytes, size_t n);

void diags_add(struct diags *d, const struct diag *finding); /* copies everything */
/* One more line of hints for the first error of a file; nothing when there is none. */
void diags_hint(struct diags *d, const char *file, const char *hint);
size_t diags_errors(const struct diags *d);   /* those not kept too */
size_t diags_warnings(const struct diags *d); /* those not kept too */
size_t diags_n(const struct diags *d);        /* kept */
/* Sorted by file, line and column, equal places in the order they were added. */
const struct diag *diags_at(const struct diags *d, size_t i);

const char *diag_code_text(enum diag_code code);     /* "E101" */
const char *diag_code_sentence(enum diag_code code); /* what it means, for the manual */
enum severity diag_severity(enum diag_code code);

/* The forms of cli page section 5. Text: file:line:col, caret, reason, fix; what has no effect yet
 * (W090) in one line for each field, with a count; ends without the closing count line (the command
 * knows whether something was applied). */
void diags_text(const struct diags *d, bool color, struct buf *ret);
json_t *diags_json(const struct diags *d); /* the array; caller decrefs */

#endif
