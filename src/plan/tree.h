/* plan/tree.h — a directory of YAML files read once: which files, their bytes' digest, the config.
 */
#ifndef SPL_PLAN_TREE_H
#define SPL_PLAN_TREE_H

#include "model/config.h"
#include "plan/domains.h"
#include "plan/provenance.h"

struct tree {
    char *root;       /* as given */
    size_t n_files;   /* selected ones */
    char digest[72];  /* "sha256:…" over sorted (path, bytes) of selected and referenced files */
    bool has_marker;  /* splintarr.yaml with version: 1 */
    bool has_emptied; /* a selected file is 0 bytes (the Empty guard looks at what it declared
                         before) */
    struct provenance provenance;
    struct strlist emptied;  /* paths of 0-byte files, in the config's arena */
    struct domains rejected; /* those an error lies in; strings in the config's arena */
};
void tree_done(struct tree *t);

/* Reads every *.yaml, *.yml, *.json below root (config page section 1) and checks the result; `now`
 * is for what has expired, and which summer time comes next. True
 * with findings in `diags` when files are wrong: then ret->rejected names the domains they lie in,
 * and *ret_config, which is not whole, is only for plan_build; NULL when no domain is left. False
 * only when the root
 * itself cannot be read (missing, a file, unreadable) — with the sentence that says what to do. */
MUST_CHECK bool tree_load(const char *root, utc_t now, struct tree *ret, struct config **ret_config,
                          struct diags *diags, struct err *e);

#endif
