/* model_tree.h — trees made of texts, and what is found in them, for the tests of the model.
 * Include after cmocka.h. */
#ifndef TESTS_MODEL_TREE_H
#define TESTS_MODEL_TREE_H

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/config.h"

struct tree {
    struct config *config;
    struct diags *diags;
};

static inline void tree_done(struct tree *t)
{
    config_free(t->config);
    diags_free(t->diags);
}

static inline struct tree tree_new(void)
{
    return (struct tree){config_new(), diags_new()};
}

static inline void add(struct tree *t, const char *path, const char *text)
{
    const struct ynode *root = ydoc_parse(config_arena(t->config), path, text, strlen(text),
                                          config_budget(t->config), t->diags);
    if (root)
        config_add_file(t->config, path, root, t->diags);
    else
        config_set_unread(t->config, path);
}

/* One line a finding: "exclusions.yaml:4:22 E116". */
static inline void show(const struct tree *t, enum severity severity, struct buf *ret)
{
    for (size_t i = 0; i < diags_n(t->diags); i++) {
        const struct diag *d = diags_at(t->diags, i);
        if (diag_severity(d->code) == severity)
            buf_printf(ret, "%s:%d:%d %s\n", d->at.file, d->at.line, d->at.col,
                       diag_code_text(d->code));
    }
}

static inline void check_findings(const struct tree *t, enum severity severity,
                                  const char *expected)
{
    CLEANUP(buf_done) struct buf shown = {0};
    buf_init(&shown, BUF_TEXT);
    show(t, severity, &shown);
    assert_string_equal(shown.at, expected);
}

/* An instance `tv` that the small trees search. */
static const char base_tree[] =
    "instances:\n"
    "  tv: {type: sonarr, url: 'http://tv:8989', api_key: {secret: k}}\n";

static inline struct tree tree_of(const char *text)
{
    struct tree t = tree_new();
    add(&t, "base.yaml", base_tree);
    add(&t, "t.yaml", text);
    if (!config_check(t.config, t.diags))
        fail_msg("%s", diags_at(t.diags, 0)->message);
    return t;
}

static inline const void *spec_of(const struct tree *t, enum kind kind, const char *name)
{
    const struct resource *r = config_find(t->config, kind, name);
    assert_non_null(r);
    return r->spec;
}

#endif
