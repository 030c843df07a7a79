/* plan/export.h — what was applied, as a document that a tree could hold. Secrets stay references:
 * no value is ever part of it. */
#ifndef SPL_PLAN_EXPORT_H
#define SPL_PLAN_EXPORT_H

#include "plan/applied.h"

struct export_wish {
    const char *tenant; /* whose domain; NULL: the root's */
    const char
        *address; /* "queue/tv-missing", full name: this one alone; NULL: all of the domain */
};

/* `{"version": 1, "settings": {…}, "instances": {…}, …}` for a file of that domain: names are local
 * to it, only the root's whole document has the version. ERR_USAGE when nothing has the address or
 * is the tenant's, ERR_DB when a row is damaged. Caller decrefs. */
MUST_CHECK bool export_document(const struct applied_state *s, const struct export_wish *wish,
                                json_t **ret, struct err *e);

/* Tenants that have something, and the files that what is in the document refers to. */
void export_tenants(const struct applied_state *s, struct arena *arena, struct strlist *ret);
void export_references(const json_t *document, struct arena *arena, struct strlist *ret);

#endif
