/* cli/cmd_init.c — writes a tree to start from. Never replaces a file. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "model/config.h"

#define MODELINE "# yaml-language-server: $schema=./.splintarr/schema.json\n"

static const char splintarr_yaml[] =
    MODELINE "version: 1\n"
             "\n"
             "settings:\n"
             "  library: {sync: 6h}             # how often the libraries are read again\n";

static const char instances_yaml[] =
    MODELINE "instances:\n"
             "  sonarr-main:\n"
             "    type: sonarr\n"
             "    url: http://localhost:8989    # as this machine reaches it\n"
             "    api_key: {secret: sonarr-key} # splintarr secret set sonarr-key\n"
             "\n"
             "  # radarr-main:\n"
             "  #   type: radarr\n"
             "  #   url: http://localhost:7878\n"
             "  #   api_key: {secret: radarr-key}\n";

static const char queues_yaml[] =
    MODELINE "queues:\n"
             "  tv-missing:                     # what was never found\n"
             "    profile: builtin/new-releases\n"
             "    strategy: missing\n"
             "    instances: {type: sonarr}     # every Sonarr above\n"
             "    batch: 10                     # items in one run\n"
             "\n"
             "  # movies-upgrade:               # what could be better\n"
             "  #   profile: builtin/weekly-upgrade\n"
             "  #   instances: {type: radarr}\n";

static const char exclusions_yaml[] =
    MODELINE "# exclusions:\n"
             "#   reality-tv:\n"
             "#     match:\n"
             "#       - genre: reality\n"
             "#       - title_regex: '^(Big Brother|Love Island)\\b'\n"
             "#     reason: not worth the indexer budget\n";

static const char gitignore[] = "*.swp\n*~\n*.bak\n*.orig\n";

static const char codeowners[] =
    "# Who may change what. An operator owns the directory of the same name:\n"
    "# *               @admins\n"
    "# /tenants/alice/ @alice\n";

static const char pre_commit[] = "#!/bin/sh\n"
                                 "# cp .splintarr/pre-commit .git/hooks/pre-commit\n"
                                 "exec splintarr validate --strict .\n";

static const struct starter {
    const char *path, *text; /* text NULL: the schema */
    mode_t mode;
} starters[] = {
    {"splintarr.yaml", splintarr_yaml, 0644},
    {"instances.yaml", instances_yaml, 0644},
    {"queues.yaml", queues_yaml, 0644},
    {"exclusions.yaml", exclusions_yaml, 0644},
    {".gitignore", gitignore, 0644},
    {".splintarr/CODEOWNERS", codeowners, 0644},
    {".splintarr/pre-commit", pre_commit, 0755},
    {".splintarr/schema.json", NULL, 0644},
};

static bool check_free(const char *dir, struct err *e)
{
    for (size_t i = 0; i < COUNT(starters); i++) {
        CLEANUP(freep) char *path = mem_printf("%s/%s", dir, starters[i].path);
        if (file_exists(path))
            return err_set(e, ERR_REFUSED, "'%s' exists already; nothing was written", path);
    }
    return true;
}

static bool write_starter(const char *dir, const struct starter *s, struct err *e)
{
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, s->path);
    CLEANUP(jx_decrefp) json_t *schema = s->text ? NULL : schema_json();
    CLEANUP(freep) char *pretty = s->text ? NULL : jx_pretty(schema);
    CLEANUP(freep) char *text = s->text ? mem_strdup(s->text) : mem_printf("%s\n", pretty);
    return file_write_atomic(path, text, strlen(text), s->mode, e);
}

static bool write_all(const char *dir, struct err *e)
{
    CLEANUP(freep) char *hidden = mem_printf("%s/.splintarr", dir);
    if (!file_make_dirs(hidden, 0755, e))
        return false;
    for (size_t i = 0; i < COUNT(starters); i++)
        if (!write_starter(dir, &starters[i], e))
            return false;
    return true;
}

static int run(struct cli *c)
{
    const char *given = c->n_args > 0 ? c->args[0] : cli_flag(c, "config");
    const char *dir = given ? given : ".";
    struct err e;
    if (!check_free(dir, &e) || !write_all(dir, &e))
        return cli_fail(c, &e);
    for (size_t i = 0; i < COUNT(starters); i++)
        cli_out(c, "wrote %s/%s\n", dir, starters[i].path);
    cli_out(c,
            "\nNext:\n"
            "  splintarr secret set sonarr-key   the API key (in Sonarr: Settings > General)\n"
            "  $EDITOR %s/instances.yaml         where your Sonarr is\n"
            "  splintarr -C %s diff              what would be applied\n"
            "  splintarr -C %s apply\n",
            dir, dir, dir);
    return CLI_OK;
}

const struct command cmd_init = {
    .name = "init",
    .usage = "init [DIR]",
    .doc = "write a tree to start from, with its schema for editors",
    .help =
        "Writes a small valid configuration, .splintarr/schema.json for completion in editors,\n"
        "a .gitignore, and samples of a CODEOWNERS file and a pre-commit hook. Never replaces\n"
        "a file.",
    .max_args = 1,
    .run = run,
};
