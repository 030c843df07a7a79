/* model_diag.h — findings made by hand, and the text of them. Include after cmocka.h. */
#ifndef TESTS_MODEL_DIAG_H
#define TESTS_MODEL_DIAG_H

#include "base/buf.h"
#include "model/diag.h"

static inline void text_of(const struct diags *d, bool color, struct buf *ret)
{
    buf_init(ret, BUF_TEXT);
    diags_text(d, color, ret);
}

static inline void check_text(const struct diags *d, const char *expected)
{
    CLEANUP(buf_done) struct buf text = {0};
    text_of(d, false, &text);
    assert_string_equal(text.at, expected);
}

static inline void add_source(struct diags *d, const char *file, const char *text)
{
    diags_add_source(d, file, text, strlen(text));
}

static inline void add(struct diags *d, const char *file, int line, int col, int end_col)
{
    struct diag x = {
        .code = DIAG_E105, .at = {file, line, col}, .end_col = end_col, .message = "not good"};
    diags_add(d, &x);
}

#endif
