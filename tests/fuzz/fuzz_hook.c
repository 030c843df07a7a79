/* Any bytes as the body of a webhook: nothing crashes, and what is read is within its bounds. The
 * first byte chooses the application. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "arr/hook.h"
#include "base/str.h"

static void see_text(const char *text)
{
    assert(text && strlen(text) <= ARR_HOOK_TEXT && str_is_utf8(text, strlen(text)));
}

static void see(const struct arr_hook *h)
{
    see_text(h->type);
    see_text(h->title);
    see_text(h->download_id);
    see_text(h->release_title);
    see_text(h->problem);
    see_text(h->health_level);
    see_text(h->health_source);
    see_text(h->health_message);
    assert(h->event < ARR_HOOK_N && h->title_id >= 0);
    assert(h->n_episode_ids <= ARR_HOOK_EPISODES);
    assert(!h->is_foreign || !h->title_id);
    for (size_t i = 0; i < h->n_episode_ids; i++)
        assert(h->episode_ids[i] > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct arr_hook hook = {0};
    struct err e = {0};
    enum app app = data[0] & 1 ? APP_RADARR : APP_SONARR;
    if (arr_hook_decode(app, (const char *)data + 1, size - 1, arena, &hook, &e))
        see(&hook);
    else
        assert(e.code == ERR_REMOTE && *e.msg);
    return 0;
}
