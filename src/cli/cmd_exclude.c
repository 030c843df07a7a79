/* cli/cmd_exclude.c — exclusions from the command line: into a file of the tree, from a list of
 * titles, or only tried. */
#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/exclude.h"
#include "model/value.h"
#include "store/library.h"

enum { NAME_MAX_CHARS = 63, LIST_MAX = 1024 * 1024 };

/* ---- from flags ---- */

static const struct {
    const char *flag, *key;
    bool is_number;
} matchers[] = {
    {"title", "title", false},
    {"title-glob", "title_glob", false},
    {"title-regex", "title_regex", false},
    {"tvdb", "tvdb_id", true},
    {"tmdb", "tmdb_id", true},
    {"imdb", "imdb_id", false},
    {"season", "season", true},
    {"episode", "episode", true},
    {"genre", "genre", false},
    {"tag", "tag", false},
    {"quality-profile", "quality_profile", false},
};

bool exclude_match(const struct cli *c, json_t **ret, struct err *e)
{
    CLEANUP(jx_decrefp) json_t *match = json_object();
    for (size_t i = 0; i < COUNT(matchers); i++) {
        const char *value = cli_flag(c, matchers[i].flag);
        int64_t number = 0;
        if (!value)
            continue;
        if (matchers[i].is_number && !str_int(value, &number))
            return err_set(e, ERR_USAGE, "--%s takes a number, not '%s'", matchers[i].flag, value);
        jx_put(match, matchers[i].key,
               matchers[i].is_number ? json_integer(number) : jx_string(value));
    }
    *ret = TAKE(match);
    return true;
}

/* ---- from an item ---- */

/* The portable id, so that it holds on every instance; a server's own one where there is none. */
static json_t *match_of(const struct item *it, bool is_whole)
{
    json_t *o = json_object();
    bool is_movie = it->kind == ITEM_MOVIE;
    int64_t portable = is_movie ? it->tmdb_id : it->tvdb_id;
    const char *key = is_movie ? "tmdb_id" : "tvdb_id", *own = is_movie ? "movie_id" : "series_id";
    jx_put(o, portable ? key : own, json_integer(portable ? portable : it->title_id));
    if (!is_movie && !is_whole) {
        jx_put(o, "season", json_integer(it->season));
        jx_put(o, "episode", json_integer(it->episode));
    }
    return o;
}

/* *ret_only: its instance, when only there the id means anything. */
static int match_item(const struct cli *c, const char *address, json_t **ret_match,
                      char **ret_label, char **ret_only)
{
    CLEANUP(view_done) struct view v = {0};
    enum item_kind kind;
    char instance[ITEM_ADDRESS], label[ITEM_TITLE];
    struct item it;
    struct item_memory memory;
    int64_t id;
    int exit;
    bool is_found = false;
    struct err e = {0};
    if (!view_item_address(address, &kind, instance, sizeof instance, &id))
        return cli_failf(
            c, ERR_USAGE,
            "'%s' is no item: episode/INSTANCE/ID or movie/INSTANCE/ID, as run and why "
            "print them",
            address);
    if (!view_open(c, &v, &exit))
        return exit;
    if (!item_find(v.store, instance, kind, id, v.arena, &it, &memory, &is_found, &e))
        return cli_fail(c, &e);
    if (!is_found)
        return cli_failf(c, ERR_USAGE, "the library of instance/%s holds no %s", instance, address);
    bool is_whole = cli_has(c, "series");
    *ret_match = match_of(&it, is_whole);
    *ret_label = mem_strdup(is_whole ? it.title : item_label(&it, label));
    *ret_only = (kind == ITEM_MOVIE ? it.tmdb_id : it.tvdb_id) ? NULL : mem_strdup(instance);
    return CLI_OK;
}

/* ---- names ---- */

/* Letters and digits of the text, anything else a dash: "Big Brother (US)" is big-brother-us. */
static char *name_from(const char *text)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    for (; *text && b.n < NAME_MAX_CHARS; text++) {
        bool is_kept = isascii((unsigned char)*text) && isalnum((unsigned char)*text);
        if (is_kept)
            buf_putc(&b, (char)tolower((unsigned char)*text));
        else if (b.n && b.at[b.n - 1] != '-')
            buf_putc(&b, '-');
    }
    while (b.n && b.at[b.n - 1] == '-')
        b.n--;
    return b.n ? mem_printf("%.*s", (int)b.n, b.at) : mem_strdup("added");
}

/* What it is called unless --name says so: after the title, or the first key that is given. */
static char *name_of(const struct cli *c, const char *label, const json_t *match)
{
    const char *given = cli_flag(c, "name"), *key;
    json_t *value;
    if (given || label)
        return given ? mem_strdup(given) : name_from(label);
    json_object_foreach((json_t *)(uintptr_t)match, key, value)
    {
        CLEANUP(freep)
        char *text = json_is_integer(value)
                         ? mem_printf("%.4s %lld", key, (long long)json_integer_value(value))
                         : mem_strdup(json_string_value(value));
        return name_from(text);
    }
    return name_from("");
}

/* ---- add ---- */

static json_t *spec_of(const struct cli *c, json_t *match, const char *only)
{
    static const char *const texts[] = {"until", "for", "reason"};
    json_t *spec = json_object(), *instances = json_array();
    jx_put(spec, "match", json_pack("[O]", match));
    for (size_t i = 0; cli_flags(c, "instance", i); i++)
        jx_push(instances, jx_string(cli_flags(c, "instance", i)));
    if (only && !json_array_size(instances))
        jx_push(instances, jx_string(only));
    if (json_array_size(instances))
        jx_put(spec, "instances", json_incref(instances));
    json_decref(instances);
    for (size_t i = 0; i < COUNT(texts); i++)
        if (cli_flag(c, texts[i]))
            jx_put(spec, texts[i], jx_string(cli_flag(c, texts[i])));
    return spec;
}

static int add(const struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *match = NULL;
    CLEANUP(freep) char *label = NULL, *only = NULL;
    struct err e;
    int exit = CLI_OK;
    if (c->n_args > 1)
        exit = match_item(c, c->args[1], &match, &label, &only);
    else if (!exclude_match(c, &match, &e))
        exit = cli_fail(c, &e);
    else if (!json_object_size(match))
        exit = cli_failf(c, ERR_USAGE,
                         "exclude what? an item (episode/tv/4711), --title, --title-regex, --tvdb, "
                         "--tmdb, --genre, …");
    if (exit != CLI_OK)
        return exit;
    CLEANUP(freep) char *name = name_of(c, label, match);
    CLEANUP(jx_decrefp) json_t *spec = spec_of(c, match, only);
    return exclude_write(c, name, spec);
}

/* ---- import: a list of titles ---- */

/* Beside the tree's other lists; an older one of that name stays. */
static bool copy_list(const struct cli *c, const char *from, const char *relative, struct err *e)
{
    CLEANUP(buf_done) struct buf text = {0};
    CLEANUP(freep) char *path = mem_printf("%s/%s", c->set.config, relative);
    CLEANUP(freep) char *dir = mem_printf("%s/lists", c->set.config);
    if (file_exists(path))
        return err_set(e, ERR_USAGE, "'%s' is there already: take another --name", path);
    if (!file_read(from, LIST_MAX, &text, e))
        return false;
    if (!str_is_utf8(text.at, text.n))
        return err_set(e, ERR_USAGE, "'%s' is not text (UTF-8)", from);
    return file_make_dirs(dir, 0755, e) && file_write_atomic(path, text.at, text.n, 0644, e);
}

static int import(const struct cli *c)
{
    const char *path = c->n_args > 1 ? c->args[1] : NULL;
    const char *slash = path ? strrchr(path, '/') : NULL;
    struct err e;
    if (!path)
        return cli_failf(c, ERR_USAGE, "exclude import FILE: one title in each line, # comments");
    CLEANUP(freep) char *stem = mem_strdup(slash ? slash + 1 : path);
    stem[strcspn(stem, ".")] = '\0';
    CLEANUP(freep)
    char *name = cli_flag(c, "name") ? mem_strdup(cli_flag(c, "name")) : name_from(stem);
    CLEANUP(freep) char *relative = mem_printf("lists/%s.txt", name);
    CLEANUP(jx_decrefp) json_t *match = json_object();
    jx_put(match, "titles_file", jx_string(relative));
    CLEANUP(jx_decrefp) json_t *spec = spec_of(c, match, NULL);
    if (!cli_has(c, "print") && !copy_list(c, path, relative, &e))
        return cli_fail(c, &e);
    return exclude_write(c, name, spec);
}

/* ---- test ---- */

static int test(const struct cli *c)
{
    CLEANUP(view_done) struct view v = {0};
    CLEANUP(jx_decrefp) json_t *match = NULL;
    struct err e;
    int exit;
    if (!exclude_match(c, &match, &e))
        return cli_fail(c, &e);
    if ((c->n_args > 1) == (json_object_size(match) > 0))
        return cli_failf(
            c, ERR_USAGE,
            "exclude test TITLE, or what an exclusion would match: --title-regex '^Big'");
    if (!view_open(c, &v, &exit))
        return exit;
    return c->n_args > 1 ? exclude_test_title(&v, c->args[1]) : exclude_test_match(&v, match);
}

/* ---- the command ---- */

static int run(struct cli *c)
{
    static const struct {
        const char *name;
        int (*run)(const struct cli *c);
    } verbs[] = {{"add", add}, {"import", import}, {"test", test}};
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_eq(verbs[i].name, c->args[0]))
            return verbs[i].run(c);
    return cli_failf(c, ERR_USAGE, "exclude what? add, import or test");
}

static const struct flag flags[] = {
    {"title", 0, FLAG_VALUE, "TITLE", "this exact title"},
    {"title-glob", 0, FLAG_VALUE, "GLOB", "titles with * ? [ ]"},
    {"title-regex", 0, FLAG_VALUE, "REGEX", "titles in which this is found"},
    {"tvdb", 0, FLAG_VALUE, "ID", "the series of this TheTVDB id"},
    {"tmdb", 0, FLAG_VALUE, "ID", "the movie of this TMDB id"},
    {"imdb", 0, FLAG_VALUE, "ID", "of this IMDb id"},
    {"season", 0, FLAG_VALUE, "N", "beside a series id: that season"},
    {"episode", 0, FLAG_VALUE, "N", "beside --season: that episode"},
    {"genre", 0, FLAG_VALUE, "GENRE", "of this genre"},
    {"tag", 0, FLAG_VALUE, "LABEL", "with this tag on the server"},
    {"quality-profile", 0, FLAG_VALUE, "NAME", "with this quality profile"},
    {"series", 0, FLAG_BOOL, NULL, "add EPISODE: its whole series"},
    {"instance", 0, FLAG_VALUE, "NAME", "add: only there, may be repeated; test: look there"},
    {"until", 0, FLAG_VALUE, "DATE", "add, import: it expires then"},
    {"for", 0, FLAG_VALUE, "TIME", "add, import: it expires so long after it was applied"},
    {"reason", 0, FLAG_VALUE, "TEXT", "add, import: shown wherever it excludes something"},
    {"name", 0, FLAG_VALUE, "NAME", "add, import: what it is called"},
    {"print", 0, FLAG_BOOL, NULL, "add, import: print the YAML, write nothing"},
    {0},
};

const struct command cmd_exclude = {
    .name = "exclude",
    .usage = "exclude add|import|test",
    .doc = "write an exclusion into the tree, or try one on the libraries",
    .help =
        "  exclude add ITEM | --tvdb ID | --title-regex R …   into " EXCLUDE_FILE " of the tree\n"
        "  exclude import FILE   a list of titles, copied to lists/ of the tree\n"
        "  exclude test TITLE    what excludes it; exit 1 when nothing does\n"
        "  exclude test --genre Anime …   which titles such an exclusion would exclude\n"
        "\n"
        "Nothing is in effect before splintarr apply (or the daemon) has read the tree. A tree "
        "that\n"
        "cannot be written gets its YAML printed.",
    .examples = "  splintarr exclude add episode/sonarr-main/4711 --series --for 90d --reason 'bad "
                "releases'\n"
                "  splintarr exclude import dropped.txt --reason 'watched elsewhere'\n"
                "  splintarr exclude test 'Love Island'",
    .formats = "json",
    .flags = flags,
    .min_args = 1,
    .max_args = 2,
    .run = run,
};
