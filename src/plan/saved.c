/* plan/saved.c — writes plans to files and says what became of them since. */
#include "plan/saved.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/jx.h"
#include "base/str.h"
#include "plan/parts.h"

enum { SAVED_MAX = 16 * 1024 * 1024 };

static const char format[] = "splintarr-plan/1";

struct saved {
    json_t *o;
    char *path;
};

/* ---- writing ---- */

/* Of everything a change says but what moves by itself: the day its history ends, and what it means
 * for a library that grows. */
static json_t *change_digest(const struct plan *p, const struct plan_change *c)
{
    CLEANUP(jx_decrefp) json_t *o = plan_change_json(p, c);
    json_object_del(o, "retained_until");
    json_object_del(o, "effects");
    CLEANUP(freep) char *text = jx_canonical(o);
    uint8_t sum[SHA256_BYTES];
    char hex[SHA256_HEX];
    hash_sha256(text, strlen(text), sum);
    return jx_string(hash_hex(sum, sizeof sum, hex));
}

/* Address → digest. */
static json_t *change_digests(const struct plan *p)
{
    json_t *o = json_object();
    for (size_t i = 0; i < p->changes.n; i++) {
        const struct plan_change *c = &p->changes.at[i];
        jx_put(o, plan_address(p->arena, c->kind, c->name), change_digest(p, c));
    }
    return o;
}

static json_t *saved_json(const struct plan *p, const char *root, const char *made_by)
{
    json_t *o = json_object();
    jx_put(o, "format", jx_string(format));
    jx_put(o, "splintarr_version", jx_string(made_by));
    jx_put(o, "made_at", jx_time(p->now));
    jx_put(o, "root", jx_string(root));
    jx_put(o, "digest", jx_string(p->tree->digest));
    jx_put(o, "revision", json_integer(p->state.revision));
    jx_put(o, "no_prune", json_boolean(p->options.no_prune));
    jx_put(o, "changes", change_digests(p));
    return o;
}

/* ---- reading ---- */

void saved_freep(struct saved **s)
{
    if (!*s)
        return;
    json_decref((*s)->o);
    mem_free((*s)->path);
    mem_free(*s);
    *s = NULL;
}

static bool is_saved(const json_t *o)
{
    return str_eq(jx_str(o, "format"), format) && jx_str(o, "root") && jx_str(o, "digest") &&
           json_is_object(json_object_get(o, "changes"));
}

bool saved_load(const char *path, struct saved **ret, struct err *e)
{
    CLEANUP(buf_done) struct buf text = {0};
    CLEANUP(saved_freep) struct saved *s = NEW(struct saved);
    s->path = mem_strdup(path);
    if (!file_read(path, SAVED_MAX, &text, e))
        return err_in(e, "reading the saved plan");
    if (!jx_parse(text.at, text.n, &s->o, e) || !is_saved(s->o))
        return err_set(
            e, ERR_USAGE,
            "'%s' is no plan saved by this version:  splintarr diff --out PLAN  makes one", path);
    *ret = TAKE(s);
    return true;
}

const char *saved_root(const struct saved *s)
{
    return jx_str(s->o, "root");
}

bool saved_no_prune(const struct saved *s)
{
    return jx_bool(s->o, "no_prune", false);
}

/* ---- the file ---- */

/* A slip of the keyboard must not cost a file of the tree. */
static bool may_replace(const char *path, struct err *e)
{
    CLEANUP(saved_freep) struct saved *old = NULL;
    struct err why;
    return !file_exists(path) || saved_load(path, &old, &why) ||
           err_set(e, ERR_REFUSED, "'%s' is there and no saved plan: it is left alone", path);
}

bool plan_save(const struct plan *p, const char *path, const char *made_by, struct err *e)
{
    char root[PATH_MAX];
    if (!may_replace(path, e))
        return false;
    if (!realpath(p->tree->root, root))
        return err_set(e, ERR_IO, "cannot find '%s' again: %s", p->tree->root, strerror(errno));
    CLEANUP(jx_decrefp) json_t *o = saved_json(p, root, made_by);
    CLEANUP(freep) char *text = jx_pretty(o);
    CLEANUP(freep) char *line = mem_printf("%s\n", text);
    if (!file_write_atomic(path, line, strlen(line), 0600, e))
        return err_in(e, "saving the plan");
    return true;
}

/* ---- comparing ---- */

static bool stale(const struct saved *s, struct err *e, const char *what)
{
    return err_set(
        e, ERR_CONFLICT,
        "saved plan is stale: %s; nothing was applied. Look again:  splintarr diff --out "
        "%s",
        what, s->path);
}

/* The first change that is not what was saved; NULL when all are. */
static char *find_difference(const json_t *then, const json_t *now)
{
    const char *address;
    json_t *digest;
    json_object_foreach((json_t *)(uintptr_t)now, address, digest)
    {
        const json_t *old = json_object_get(then, address);
        if (!old)
            return mem_printf("%s would change now as well", address);
        if (!json_equal(old, digest))
            return mem_printf("%s would change in another way now", address);
    }
    json_object_foreach(
        (json_t *)(uintptr_t)then, address,
        digest) if (!json_object_get(now,
                                     address)) return mem_printf("%s would not change any more",
                                                                 address);
    return NULL;
}

bool saved_check(const struct saved *s, const struct plan *now, struct err *e)
{
    int64_t revision = jx_int(s->o, "revision", -1);
    if (!str_eq(jx_str(s->o, "digest"), now->tree->digest)) {
        CLEANUP(freep)
        char *what = mem_printf("the files below '%s' changed since it was made", now->tree->root);
        return stale(s, e, what);
    }
    if (revision != now->state.revision) {
        CLEANUP(freep)
        char *what = mem_printf("the state is at revision %lld, it was made for %lld",
                                (long long)now->state.revision, (long long)revision);
        return stale(s, e, what);
    }
    CLEANUP(jx_decrefp) json_t *changes = change_digests(now);
    CLEANUP(freep) char *what = find_difference(json_object_get(s->o, "changes"), changes);
    return !what || stale(s, e, what);
}
