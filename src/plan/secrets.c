/* plan/secrets.c — looks up values behind references. Values are handed out wiped-when-done and
 * never logged; what is said about a missing one names the reference only. */
#include "plan/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "store/resources.h"

enum { SECRET_MAX = 64 * 1024, PRINT_KEY = 32 };
static const char print_key_name[] = "fingerprint_key";

struct secrets {
    struct store *store;
    char *root, *state_dir; /* real paths, or NULL */
    const char *const *dirs;
    bool is_outside, has_key;
    uint8_t key[PRINT_KEY];
};

static bool unhex(const char *text, uint8_t ret[static PRINT_KEY])
{
    if (strlen(text) != (size_t)2 * PRINT_KEY)
        return false;
    for (size_t i = 0; i < PRINT_KEY; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1)
            return false;
        ret[i] = (uint8_t)byte;
    }
    return true;
}

/* Only a writer can make the key; for a reader the write fails and there are no fingerprints. */
static bool make_key(struct store *store, uint8_t ret[static PRINT_KEY])
{
    struct err e;
    uint8_t key[PRINT_KEY];
    char hex[2 * PRINT_KEY + 1];
    if (!rng_bytes(key, sizeof key, &e))
        return false;
    if (!store_meta_set(store, print_key_name, hash_hex(key, sizeof key, hex), &e))
        return false;
    memcpy(ret, key, sizeof key);
    return true;
}

static bool load_key(struct store *store, uint8_t ret[static PRINT_KEY])
{
    struct err e;
    CLEANUP(freep) char *hex = NULL;
    if (!store || !store_meta_get(store, print_key_name, &hex, &e))
        return false;
    return hex ? unhex(hex, ret) : make_key(store, ret);
}

struct secrets *secrets_new(const struct secrets_setup *setup)
{
    struct secrets *s = NEW(struct secrets);
    s->store = setup->store;
    s->dirs = setup->dirs;
    s->is_outside = setup->is_outside;
    s->root = setup->root ? realpath(setup->root, NULL) : NULL;
    s->state_dir = setup->state_dir ? realpath(setup->state_dir, NULL) : NULL;
    s->has_key = load_key(s->store, s->key);
    return s;
}

struct secrets *secrets_free(struct secrets *s)
{
    if (!s)
        return NULL;
    mem_free(s->root);
    mem_free(s->state_dir);
    explicit_bzero(s->key, sizeof s->key);
    mem_free(s);
    return NULL;
}

/* ---- one function per source ---- */

static bool find_stored(const struct secrets *s, const char *name, struct secret *ret,
                        struct err *e)
{
    bool found = false;
    if (s->store && !secret_get(s->store, name, ret, &found, e))
        return err_in(e, "reading the secret '%s'", name);
    if (found)
        return true;
    return err_set(e, ERR_IO, "the secret '%s' is not stored yet: splintarr secret set %s", name,
                   name);
}

static bool is_in_given_dirs(const struct secrets *s, const char *path)
{
    for (const char *const *d = s->dirs; *d; d++) {
        char *real = realpath(*d, NULL);
        bool found = file_is_below(path, real);
        mem_free(real);
        if (found)
            return true;
    }
    return false;
}

/* `real` is where the opened file truly is, links resolved. */
static bool check_place(const struct secrets *s, const char *file, const char *real, struct err *e)
{
    static const char *const refused[] = {"/proc", "/sys", "/dev"};
    for (size_t i = 0; i < COUNT(refused); i++)
        if (file_is_below(real, refused[i]))
            return err_set(e, ERR_REFUSED, "the secret file '%s' is refused: it is in %s", file,
                           refused[i]);
    if (file_is_below(real, s->root))
        return err_set(e, ERR_REFUSED,
                       "the secret file '%s' is refused: it is inside the configuration and would "
                       "be committed with it",
                       file);
    if (file_is_below(real, s->state_dir))
        return err_set(e, ERR_REFUSED,
                       "the secret file '%s' is refused: it is inside the state directory", file);
    if (s->dirs && !is_in_given_dirs(s, real))
        return err_set(e, ERR_REFUSED,
                       "the secret file '%s' is refused: it is outside the directories given with "
                       "--secret-dir",
                       file);
    return true;
}

/* Editors and `echo` end files with a newline that is no part of the secret. */
static bool take_value(struct buf *b, const char *what, struct secret *ret, struct err *e)
{
    size_t n = b->n;
    if (n > 0 && b->at[n - 1] == '\n')
        n--;
    if (n > 0 && b->at[n - 1] == '\r')
        n--;
    bool ok = n > 0 && !memchr(b->at, '\0', n);
    if (ok)
        secret_set(ret, b->at, n);
    explicit_bzero(b->at, b->n);
    return ok || err_set(e, ERR_IO, "%s is %s", what, n ? "not text" : "empty");
}

static bool read_file(const struct secrets *s, const char *file, struct secret *ret, struct err *e)
{
    CLEANUP(closep) int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return err_set(e, ERR_IO, "cannot read the secret file '%s': %s", file, strerror(errno));
    CLEANUP(freep) char *real = file_where(fd);
    if (!real)
        return err_set(e, ERR_IO, "cannot tell where '%s' is: /proc is not mounted", file);
    if (!check_place(s, file, real, e))
        return false;
    CLEANUP(buf_done) struct buf b = {0};
    if (!file_read_fd(fd, file, SECRET_MAX, &b, e))
        return false;
    char what[PATH_MAX + 40];
    snprintf(what, sizeof what, "the secret file '%s'", file);
    return take_value(&b, what, ret, e);
}

static bool find_file(const struct secrets *s, const char *file, struct secret *ret, struct err *e)
{
    if (file[0] != '/')
        return err_set(e, ERR_REFUSED, "the secret file '%s' must be an absolute path", file);
    return read_file(s, file, ret, e);
}

static bool find_credential(const struct secrets *s UNUSED, const char *name, struct secret *ret,
                            struct err *e)
{
    const char *dir = getenv("CREDENTIALS_DIRECTORY");
    if (strchr(name, '/') || name[0] == '.')
        return err_set(e, ERR_REFUSED, "'%s' is no name of a credential", name);
    if (!dir || !*dir)
        return err_set(e, ERR_IO,
                       "the credential '%s' is not here: systemd hands it to the service by "
                       "LoadCredential=%s:FILE",
                       name, name);
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, name);
    CLEANUP(buf_done) struct buf b = {0};
    if (!file_read(path, SECRET_MAX, &b, e))
        return err_in(e, "reading the credential '%s' (LoadCredential=%s:FILE)", name, name);
    return take_value(&b, path, ret, e);
}

static bool find_env(const struct secrets *s UNUSED, const char *name, struct secret *ret,
                     struct err *e)
{
    const char *value = getenv(name);
    if (!value || !*value)
        return err_set(e, ERR_IO, "the environment variable %s is not set here", name);
    secret_set(ret, value, strlen(value));
    return true;
}

static bool find_none(const struct secrets *s UNUSED, const char *name UNUSED,
                      struct secret *ret UNUSED, struct err *e)
{
    return err_set(e, ERR_CONFIG, "there is no secret here");
}

enum secret_found secrets_resolve(const struct secrets *s, const struct secret_ref *ref,
                                  struct secret *ret, struct err *e)
{
    static bool (*const find[])(const struct secrets *, const char *, struct secret *,
                                struct err *) = {
        [SECRET_NONE] = find_none, [SECRET_STORED] = find_stored,
        [SECRET_FILE] = find_file, [SECRET_CREDENTIAL] = find_credential,
        [SECRET_ENV] = find_env,
    };
    return find[ref->source](s, ref->ref, ret, e) ? SECRET_FOUND : SECRET_MISSING;
}

bool secrets_sees(const struct secrets *s, const struct secret_ref *ref)
{
    bool is_of_process = ref->source == SECRET_ENV || ref->source == SECRET_CREDENTIAL;
    return !s->is_outside || !is_of_process;
}

bool secrets_is_exposed(const struct secret_ref *ref)
{
    struct stat st;
    return ref->source == SECRET_FILE && stat(ref->ref, &st) == 0 &&
           (st.st_mode & (S_IRGRP | S_IROTH));
}

void secrets_fingerprint(const struct secrets *s, const struct secret_ref *ref,
                         char ret[static FINGERPRINT])
{
    ret[0] = '\0';
    CLEANUP(secret_done) struct secret value = {0};
    struct err e;
    if (!s || !s->has_key || secrets_resolve(s, ref, &value, &e) != SECRET_FOUND)
        return;
    uint8_t mac[SHA256_BYTES];
    char hex[9];
    hash_hmac(s->key, sizeof s->key, value.value, value.n, mac);
    snprintf(ret, FINGERPRINT, "k1:%s", hash_hex(mac, 4, hex));
}
