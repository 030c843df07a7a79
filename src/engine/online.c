/* engine/online.c — one probe per instance, all at once; every reference of every resource. */
#include "engine/online.h"

#include "arr/arr.h"
#include "base/vec.h"
#include "plan/prints.h"

struct probe {
    const struct online_setup *setup;
    const struct resource *instance;
    struct arr *arr;
};

static void find(const struct online_setup *setup, enum diag_code code, const struct resource *r,
                 const char *path, const char *message)
{
    CLEANUP(freep)
    char *text = mem_printf("%s/%s: %s: %s", kind_names[r->kind], r->name, path, message);
    diags_add(setup->diags,
              &(struct diag){.code = code, .at = config_where(r, path), .message = text});
}

/* ---- references ---- */

static void resolve_all(const struct online_setup *setup, const struct resource *r,
                        struct arena *arena)
{
    struct secret_fields fields;
    secret_fields_of(r->kind, r->name, r->canonical, arena, &fields);
    for (size_t i = 0; i < fields.n; i++) {
        CLEANUP(secret_done) struct secret value = {0};
        struct err e = {0};
        if (secrets_resolve(setup->secrets, &fields.at[i].ref, &value, &e) != SECRET_FOUND)
            find(setup, DIAG_E501, r, fields.at[i].path, e.msg);
    }
}

/* ---- servers ---- */

static const enum diag_code code_of[] = {
    [ARR_UNREACHABLE] = DIAG_W012, [ARR_TLS] = DIAG_E502,        [ARR_UNAUTHORIZED] = DIAG_E502,
    [ARR_WRONG_APP] = DIAG_E502,   [ARR_NOT_AN_API] = DIAG_E502, [ARR_GONE] = DIAG_E502,
    [ARR_SERVER] = DIAG_W012,
};

static void answered(void *ctx, const struct arr_result *r, const struct arr_status *s UNUSED)
{
    const struct probe *p = ctx;
    if (r->trouble != ARR_OK)
        find(p->setup, code_of[r->trouble], p->instance,
             r->trouble == ARR_UNAUTHORIZED ? "api_key" : "url", r->err.msg);
}

static void begin(struct probe *p)
{
    const struct instance *spec = p->instance->spec;
    CLEANUP(secret_done) struct secret key = {0};
    struct err e = {0};
    if (secrets_resolve(p->setup->secrets, &spec->api_key, &key, &e) != SECRET_FOUND)
        return; /* told as a reference */
    p->arr = arr_new(&(struct arr_setup){
        .instance = p->instance->name,
        .app = (enum app)spec->type,
        .url = spec->url,
        .key = &key,
        .timeout = spec->timeout,
        .max_requests = spec->max_requests,
        .tls_verify = spec->tls.verify,
        .tls_ca_file = spec->tls.ca_file,
        .public_only =
            p->instance->owner && !config_settings(p->setup->config)->tenants.allow_private,
        .tells_rests = true,
        .loop = p->setup->loop,
        .transport = p->setup->transport,
    });
    arr_probe(p->arr, answered, p);
}

bool online_check(const struct online_setup *setup, size_t *ret_asked, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    VEC(struct probe *) probes = {0};
    *ret_asked = 0;
    for (size_t i = 0; i < config_n(setup->config); i++) {
        const struct resource *r = config_at(setup->config, i);
        resolve_all(setup, r, arena);
        if (r->kind != KIND_INSTANCE)
            continue;
        struct probe *p = arena_alloc(arena, sizeof *p);
        *p = (struct probe){.setup = setup, .instance = r};
        begin(p);
        *ret_asked += p->arr != NULL;
        vec_push(&probes, p);
    }
    bool ok = loop_run(setup->loop, e);
    for (size_t i = 0; i < probes.n; i++)
        arr_free(probes.at[i]->arr);
    vec_done(&probes);
    return ok;
}
