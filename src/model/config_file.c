/* model/config_file.c — the resources of one file of a tree. */
#include <string.h>

#include "base/str.h"
#include "model/config_parts.h"
#include "model/type_parts.h"

struct file {
    struct config *config;
    struct diags *diags;
    const char *path, *owner; /* owner: of files below tenants/NAME/ */
};

static struct reading reading_of(const struct file *f)
{
    return (struct reading){.arena = f->config->arena, .diags = f->diags};
}

static bool is_for_tenants(enum kind kind)
{
    return kind != KIND_SETTINGS && kind != KIND_USER && kind != KIND_SHARE;
}

static const char *owner_of(struct config *c, const char *path)
{
    static const char prefix[] = "tenants/";
    const char *name = path + sizeof prefix - 1, *slash;
    if (!str_starts(path, prefix) || !(slash = strchr(name, '/')))
        return NULL;
    return arena_strndup(c->arena, name, (size_t)(slash - name));
}

static void check_version(const struct file *f, const struct ynode *value)
{
    struct reading x = reading_of(f);
    if (value->type != Y_SCALAR || !str_eq(value->text, "1"))
        reading_refuse(&x, DIAG_E115, value, "write version: 1",
                       "this program reads version 1 of the format");
}

static void refuse_resource(const struct file *f, enum kind kind, const struct yentry *entry)
{
    struct reading x = reading_of(f);
    const char *name = entry->key->text;
    struct arena *arena = f->config->arena;
    reading_refuse(&x, DIAG_E102, entry->value, NULL, "%s/%s takes a map", kind_names[kind], name);
    vec_push(&f->config->broken,
             (struct broken_name){kind, f->owner ? arena_printf(arena, "%s/%s", f->owner, name)
                                                 : arena_strdup(arena, name)});
}

static void add_resources(const struct file *f, enum kind kind, const struct ynode *map)
{
    struct reading x = reading_of(f);
    if (map->type != Y_MAP) {
        reading_refuse(&x, DIAG_E102, map, NULL, "%s takes a map from names to %s",
                       kind_plurals[kind], kind_plurals[kind]);
        config_set_unread(f->config, f->path);
        return;
    }
    for (size_t i = 0; i < map->n; i++) {
        const struct yentry *entry = &map->entries[i];
        struct value_problem p = {0};
        if (ydoc_is_null(entry->value))
            continue;
        if (entry->value->type != Y_MAP)
            refuse_resource(f, kind, entry);
        else if (!value_name(entry->key->text, &p))
            reading_refuse(&x, DIAG_E109, entry->key, p.hint, "%s", p.message);
        else
            vec_push(&f->config->resources,
                     resource_new(f->config, kind, f->owner, entry->key->text, &entry->key->at,
                                  entry->value));
    }
}

static void add_settings(const struct file *f, const struct ynode *key, const struct ynode *map)
{
    struct reading x = reading_of(f);
    if (!str_eq(f->path, "splintarr.yaml"))
        reading_refuse(&x, DIAG_E114, key, "move it to splintarr.yaml at the root",
                       "settings stand in splintarr.yaml only");
    else if (map->type != Y_MAP)
        reading_refuse(&x, DIAG_E102, map, NULL, "settings takes a map");
    else
        vec_push(&f->config->resources,
                 resource_new(f->config, KIND_SETTINGS, NULL, "settings", &key->at, map));
}

static void refuse_top_key(const struct file *f, const struct ynode *key)
{
    struct reading x = reading_of(f);
    const char *names[KIND_N + 1];
    for (int k = 0; k < KIND_N; k++)
        names[k] = kind_plurals[k];
    names[KIND_N] = "version";
    const char *near = str_did_you_mean(key->text, names, KIND_N + 1);
    CLEANUP(freep) char *message = mem_printf("unknown key '%s'", key->text);
    CLEANUP(freep) char *caret = near ? mem_printf("did you mean '%s'?", near) : NULL;
    diags_add(
        x.diags,
        &(struct diag){
            .code = DIAG_E101,
            .at = key->at,
            .end_col = key->end_col,
            .message = message,
            .caret = caret,
            .hints =
                "keys of a file: version settings instances profiles schedules queues exclusions "
                "notifications users shares, and x-… for your own",
        });
}

static void add_entry(const struct file *f, const struct ynode *key, const struct ynode *value)
{
    struct reading x = reading_of(f);
    int kind = name_find(kind_plurals, KIND_N, key->text);
    if (str_starts(key->text, "x-"))
        return;
    if (str_eq(key->text, "version")) {
        check_version(f, value);
        return;
    }
    if (kind < 0) {
        refuse_top_key(f, key);
        return;
    }
    if (f->owner && !is_for_tenants((enum kind)kind))
        reading_refuse(&x, DIAG_E114, key, "only the root tree may hold it",
                       "%s are not for tenants", key->text);
    else if (ydoc_is_null(value))
        return;
    else if (kind == KIND_SETTINGS)
        add_settings(f, key, value);
    else
        add_resources(f, (enum kind)kind, value);
}

void config_add_file(struct config *c, const char *path, const struct ynode *root,
                     struct diags *diags)
{
    struct file f = {.config = c, .diags = diags, .path = path, .owner = owner_of(c, path)};
    struct reading x = reading_of(&f);
    if (root->type != Y_MAP) {
        reading_refuse(&x, DIAG_E102, root, NULL,
                       "a file of the tree is a map: queues:, instances:, …");
        config_set_unread(c, path);
        return;
    }
    for (size_t i = 0; i < root->n; i++)
        add_entry(&f, root->entries[i].key, root->entries[i].value);
}
