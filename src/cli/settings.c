/* cli/settings.c — the process settings and their defaults. */
#include "cli/settings.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

const char *setting_given(const struct cli_given *given, const char *flag, const char *variable)
{
    const char *value = given_value(given, flag);
    return value ? value : environment(variable);
}

static const char *home(void)
{
    const char *dir = environment("HOME");
    if (dir)
        return dir;
    const struct passwd *pw = getpwuid(geteuid());
    return pw && pw->pw_dir ? pw->pw_dir : "/";
}

/* $XDG_…_HOME/splintarr; root has its own places. */
static char *user_dir(const char *variable, const char *below_home, const char *of_root)
{
    if (geteuid() == 0)
        return mem_strdup(of_root);
    const char *base = environment(variable);
    return base ? mem_printf("%s/splintarr", base)
                : mem_printf("%s/%s/splintarr", home(), below_home);
}

static char *find_config(const struct cli_given *given)
{
    const char *dir = setting_given(given, "config", "SPLINTARR_CONFIG");
    if (dir)
        return mem_strdup(dir);
    if (file_exists("splintarr.yaml"))
        return mem_strdup(".");
    return user_dir("XDG_CONFIG_HOME", ".config", "/etc/splintarr");
}

static char *find_state(const struct cli_given *given)
{
    const char *dir = setting_given(given, "state", "SPLINTARR_STATE");
    if (dir)
        return mem_strdup(dir);
    const char *systemd = environment("STATE_DIRECTORY"); /* may list several, by colons */
    if (systemd)
        return mem_printf("%.*s", (int)strcspn(systemd, ":"), systemd);
    return user_dir("XDG_STATE_HOME", ".local/state", "/var/lib/splintarr");
}

static char *find_key_file(const struct cli_given *given)
{
    const char *file = setting_given(given, "key-file", "SPLINTARR_KEY_FILE");
    if (file)
        return mem_strdup(file);
    const char *credentials = environment("CREDENTIALS_DIRECTORY");
    if (!credentials)
        return NULL;
    CLEANUP(freep) char *path = mem_printf("%s/db-key", credentials);
    return file_exists(path) ? TAKE(path) : NULL;
}

struct dirs { /* a vec */
    char **at;
    size_t n, cap;
};

static void add_dirs(struct dirs *dirs, const char *list)
{
    for (const char *p = list; p && *p; p += strcspn(p, ":"), p += strspn(p, ":"))
        if (strcspn(p, ":"))
            vec_push(dirs, mem_printf("%.*s", (int)strcspn(p, ":"), p));
}

static char **find_secret_dirs(const struct cli_given *given)
{
    struct dirs dirs = {0};
    for (size_t i = 0; i < given->flags.n; i++)
        if (str_eq(given->flags.at[i].name, "secret-dir"))
            vec_push(&dirs, mem_strdup(given->flags.at[i].value));
    if (dirs.n == 0)
        add_dirs(&dirs, environment("SPLINTARR_SECRET_DIR"));
    if (dirs.n > 0)
        vec_push(&dirs, NULL);
    return dirs.at;
}

/* Where a daemon listens; STATE/control.sock leads there when it is elsewhere. */
static char *find_socket(const struct cli_given *given, const char *state)
{
    const char *path = setting_given(given, "socket", "SPLINTARR_SOCKET");
    if (path)
        return mem_strdup(path);
    const char *systemd = environment("RUNTIME_DIRECTORY");
    if (systemd)
        return mem_printf("%.*s/control.sock", (int)strcspn(systemd, ":"), systemd);
    return mem_printf("%s/control.sock", state);
}

void settings_find(const struct cli_given *given, struct cli_settings *ret)
{
    *ret = (struct cli_settings){
        .config = find_config(given),
        .state = find_state(given),
        .key_file = find_key_file(given),
        .secret_dirs = find_secret_dirs(given),
    };
    ret->socket = find_socket(given, ret->state);
}

void settings_done(struct cli_settings *s)
{
    mem_free(s->config);
    mem_free(s->state);
    mem_free(s->key_file);
    mem_free(s->socket);
    for (char **d = s->secret_dirs; d && *d; d++)
        mem_free(*d);
    mem_free(s->secret_dirs);
    *s = (struct cli_settings){0};
}
