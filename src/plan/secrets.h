/* plan/secrets.h — the values behind references: stored, file, credential, environment. */
#ifndef SPL_PLAN_SECRETS_H
#define SPL_PLAN_SECRETS_H

#include "base/secret.h"
#include "model/types.h"
#include "store/store.h"

struct secrets; /* where to look; borrows the store */

struct secrets_setup {
    struct store *store;     /* NULL: stored secrets are missing */
    const char *root;        /* the tree: files inside are refused */
    const char *state_dir;   /* refused as well */
    const char *const *dirs; /* --secret-dir, NULL-terminated; NULL: no limit */
    bool is_outside;         /* a daemon runs: environment and credentials are its own, not ours */
};
struct secrets *secrets_new(const struct secrets_setup *setup);
struct secrets *secrets_free(struct secrets *s);

enum secret_found { SECRET_FOUND, SECRET_MISSING };
/* MISSING sets *e to the sentence that says how to provide it ("splintarr secret set NAME"). */
enum secret_found secrets_resolve(const struct secrets *s, const struct secret_ref *ref,
                                  struct secret *ret, struct err *e);

/* Whether it is ours to judge: see is_outside. */
bool secrets_sees(const struct secrets *s, const struct secret_ref *ref);
/* A file that others on this machine may read; false for everything else. */
bool secrets_is_exposed(const struct secret_ref *ref);

/* "k1:9c41e0aa": first 4 bytes of HMAC-SHA-256 under the state's random key; "" when the value is
 * missing or there is no state. Shows rotation, useless for guessing. */
enum { FINGERPRINT = 16 };
void secrets_fingerprint(const struct secrets *s, const struct secret_ref *ref,
                         char ret[static FINGERPRINT]);

#endif
