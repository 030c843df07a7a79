/* arr/hook.c — the body of a webhook. Reads what both applications and all their versions send;
 * what they mean is the engine's. */
#include "arr/hook.h"

#include <string.h>

#include "arr/answer.h"
#include "arr/read.h"
#include "base/jx.h"
#include "base/str.h"

enum { DOWNLOAD_ID_MAX = 200 };

const char *const arr_hook_names[ARR_HOOK_N + 1] = {
#define HOOK_EVENT(id, name) [ARR_HOOK_##id] = name,
#define HOOK_TYPE(type, id)
#include "arr/hooks.def"
#undef HOOK_EVENT
#undef HOOK_TYPE
};

static const struct type_row {
    const char *type;
    enum arr_hook_event event;
} types[] = {
#define HOOK_EVENT(id, name)
#define HOOK_TYPE(type, id) {type, ARR_HOOK_##id},
#include "arr/hooks.def"
#undef HOOK_EVENT
#undef HOOK_TYPE
};

static enum arr_hook_event event_of(const char *type)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_case_eq(types[i].type, type))
            return types[i].event;
    return ARR_HOOK_UNKNOWN;
}

/* ---- bounded members ---- */

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static const char *text_of(struct arena *m, const json_t *o, const char *key)
{
    const char *s = read_str(o, key);
    size_t n = strnlen(s, ARR_HOOK_TEXT + 1);
    if (n > ARR_HOOK_TEXT)
        for (n = ARR_HOOK_TEXT; n > 0 && is_inside_character(s[n]);)
            n--;
    return arena_strndup(m, s, n);
}

static int64_t id_of(const json_t *o, const char *key)
{
    return MAX(jx_int(o, key, 0), 0);
}

/* Half an id would be another one's. */
static const char *download_id_of(struct arena *m, const json_t *o)
{
    const char *id = read_str(o, "downloadId");
    return strnlen(id, DOWNLOAD_ID_MAX + 1) > DOWNLOAD_ID_MAX ? "" : arena_strdup(m, id);
}

static void read_episodes(struct arena *m, const json_t *list, struct arr_hook *ret)
{
    size_t n = json_array_size(list);
    ret->episode_ids = ARENA_ARRAY(m, int64_t, MIN(n, ARR_HOOK_EPISODES));
    for (size_t i = 0; i < n && ret->n_episode_ids < ARR_HOOK_EPISODES; i++) {
        int64_t id = id_of(json_array_get(list, i), "id");
        if (id)
            ret->episode_ids[ret->n_episode_ids++] = id;
    }
}

/* ---- the body ---- */

static void read_title(enum app app, struct arena *m, const json_t *o, struct arr_hook *ret)
{
    const json_t *series = json_object_get(o, "series"), *movie = json_object_get(o, "movie");
    const json_t *ours = app == APP_SONARR ? series : movie;
    const json_t *theirs = app == APP_SONARR ? movie : series;
    ret->is_foreign = json_is_object(theirs) && !json_is_object(ours);
    ret->title_id = id_of(ours, "id");
    ret->title = text_of(m, ours, "title");
    if (app == APP_SONARR)
        read_episodes(m, json_object_get(o, "episodes"), ret);
}

static void read_release(struct arena *m, const json_t *o, struct arr_hook *ret)
{
    const json_t *release = json_object_get(o, "release");
    const json_t *info = json_object_get(o, "downloadInfo");
    ret->download_id = download_id_of(m, o);
    ret->release_title = text_of(m, release, "releaseTitle");
    if (!*ret->release_title)
        ret->release_title = text_of(m, info, "title");
}

static const char *redacted(struct arena *m, const char *text)
{
    char *line = ARENA_ARRAY(m, char, ARR_HOOK_TEXT);
    answer_redact(text, ARR_HOOK_TEXT, line);
    return line;
}

/* Its text may be in the title, with no messages. */
static const char *problem_of(struct arena *m, const json_t *o)
{
    const json_t *first = json_array_get(json_object_get(o, "downloadStatusMessages"), 0);
    const char *text = json_string_value(json_array_get(json_object_get(first, "messages"), 0));
    return redacted(m, text && *text ? text : read_str(first, "title"));
}

static void read_health(struct arena *m, const json_t *o, struct arr_hook *ret)
{
    ret->health_level = text_of(m, o, "level");
    ret->health_source = text_of(m, o, "type");
    ret->health_message = redacted(m, read_str(o, "message"));
}

bool arr_hook_decode(enum app app, const char *body, size_t n_bytes, struct arena *arena,
                     struct arr_hook *ret, struct err *e)
{
    CLEANUP(jx_decrefp) json_t *o = NULL;
    if (n_bytes > ARR_HOOK_BYTES)
        return err_set(e, ERR_REMOTE, "longer than %d bytes", ARR_HOOK_BYTES);
    if (!jx_parse_foreign(body, n_bytes, &o, e))
        return false;
    *ret = (struct arr_hook){
        .type = text_of(arena, o, "eventType"),
    };
    ret->event = event_of(ret->type);
    ret->is_replaced = read_is_replaced(read_str(o, "deleteReason"));
    read_title(app, arena, o, ret);
    read_release(arena, o, ret);
    read_health(arena, o, ret);
    ret->problem = problem_of(arena, o);
    return true;
}
