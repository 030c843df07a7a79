/* plan/prints.h — fingerprints of what a specification only points at: the values of secrets and
 * the content of referenced files. A change there is a change of the resource, though its text
 * stays the same.
 *
 * Kept in the state as one JSON object per resource: field path → "k1:9c41e0aa" for a secret,
 * "sha256:…" for a file. What cannot be seen now keeps its old print: a secret that only the daemon
 * can read is no change. */
#ifndef SPL_PLAN_PRINTS_H
#define SPL_PLAN_PRINTS_H

#include "model/config.h"
#include "plan/secrets.h"

struct secret_field {
    const char *path; /* "api_key", "headers.Authorization" */
    struct secret_ref ref;
};
struct secret_fields {
    struct secret_field *at;
    size_t n;
};
/* The references to secrets in a canonical specification of the resource `name`; those of a tenant
 * ("alice/seedbox") lead to his own secrets ("alice/seedbox-key"). */
void secret_fields_of(enum kind kind, const char *name, const json_t *canonical,
                      struct arena *arena, struct secret_fields *ret);
/* {"file": "/x"} → SECRET_FILE, "/x"; false for anything else. */
bool secret_ref_of(const json_t *value, struct secret_ref *ret);
/* "secret", "file", "credential", "env". */
extern const char *const secret_source_names[SECRET_SOURCE_N + 1];

/* The prints of a resource now; `old` (may be NULL) fills what cannot be seen. Caller decrefs. */
json_t *prints_of(const struct resource *r, const struct config *config,
                  const struct secrets *secrets, const json_t *old, const json_t *old_spec,
                  struct arena *arena);

#endif
