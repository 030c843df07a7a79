/* model/config_builtin.c — the profiles that are always there, written as a user would. */
#include <assert.h>
#include <string.h>

#include "model/config_parts.h"

static const char text[] =
    "aggressive-missing: {strategy: missing, schedule: {every: 1h}, batch: 20,\n"
    "  description: \"What is missing, every hour.\"}\n"
    "weekly-upgrade: {strategy: cutoff_unmet, schedule: {every: 7d}, batch: 20,\n"
    "  description: \"Files below their cutoff, once a week.\"}\n"
    "new-releases: {strategy: recent, schedule: {every: 4h}, batch: 10,\n"
    "  description: \"What aired or was added lately, every four hours.\"}\n";

void config_add_builtins(struct config *c)
{
    struct diags *diags = diags_new();
    const struct ynode *root =
        ydoc_parse(c->arena, "built in", text, strlen(text), &c->budget, diags);
    assert(root && diags_n(diags) == 0);
    diags_free(diags);
    for (size_t i = 0; i < root->n; i++) {
        const struct yentry *entry = &root->entries[i];
        struct resource *r =
            resource_new(c, KIND_PROFILE, NULL, entry->key->text, &entry->key->at, entry->value);
        r->name = arena_printf(c->arena, "builtin/%s", entry->key->text);
        r->is_builtin = true;
        vec_push(&c->builtins, r);
    }
}
