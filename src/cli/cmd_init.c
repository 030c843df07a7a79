/* cli/cmd_init.c — writes a tree to start from. Never replaces a file. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "model/config.h"
#include "model/value.h"

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
    "# Who may change what; the last line that matches decides. Copy it to CODEOWNERS at the root "
    "of\n"
    "# the repository, in .github/ or docs/, and let the branch require reviews of code owners.\n"
    "# Splintarr gives tenants/alice/ the rights of alice; only this says who may write there.\n"
    "# *               @admins\n"
    "# /tenants/alice/ @alice\n";

static const char pre_commit[] = "#!/bin/sh\n"
                                 "# cp .splintarr/pre-commit .git/hooks/pre-commit\n"
                                 "exec splintarr validate --strict .\n";

/* ---- what is made for the directory ---- */

static char *make_schema(const char *dir UNUSED)
{
    CLEANUP(jx_decrefp) json_t *schema = schema_json();
    CLEANUP(freep) char *pretty = jx_pretty(schema);
    return mem_printf("%s\n", pretty);
}

static int is_tenant(const struct dirent *entry)
{
    struct value_problem p;
    return value_name(entry->d_name, &p);
}

/* A line for each directory below tenants/, should there be some already. */
static char *make_codeowners(const char *dir)
{
    CLEANUP(freep) char *path = mem_printf("%s/tenants", dir);
    CLEANUP(buf_done) struct buf text;
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, is_tenant, alphasort);
    buf_init(&text, BUF_TEXT);
    buf_puts(&text, codeowners);
    for (int i = 0; i < n; i++) {
        buf_printf(&text, "/tenants/%s/ @%s\n", entries[i]->d_name, entries[i]->d_name);
        mem_free(entries[i]);
    }
    mem_free(entries);
    return mem_strdup(text.at);
}

static const struct starter {
    const char *path, *text;
    mode_t mode;
    char *(*make)(const char *dir); /* instead of a text */
} starters[] = {
    {"splintarr.yaml", splintarr_yaml, 0644},
    {"instances.yaml", instances_yaml, 0644},
    {"queues.yaml", queues_yaml, 0644},
    {"exclusions.yaml", exclusions_yaml, 0644},
    {".gitignore", gitignore, 0644},
    {".splintarr/CODEOWNERS", NULL, 0644, make_codeowners},
    {".splintarr/pre-commit", pre_commit, 0755},
    {".splintarr/schema.json", NULL, 0644, make_schema},
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
    CLEANUP(freep) char *text = s->make ? s->make(dir) : mem_strdup(s->text);
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
    .examples = "  splintarr init ~/splintarr",
    .max_args = 1,
    .run = run,
};
