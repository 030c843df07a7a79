/* arrsim/api_cover.c — posters (contract section 3.8): links in the answers, the UI's path, which
 * wants its session, and the API's, which serves files from disk. */
#include "arrsim/api.h"

#include <string.h>

#include "base/str.h"

enum { REWRITTEN_DAYS = 30, SMALL_BYTES = 20 * 1024, WHOLE_BYTES = 100 * 1024 };

/* What a server has on disk differs from title to title, and now and then a poster is a new one. */
struct cover {
    bool is_there, has_small, is_png; /* PNG bytes under the name .jpg */
    utc_t written;
};

static struct cover cover_of(const struct sim *s, const struct sim_title *t)
{
    return (struct cover){.is_there = t->id % 5 != 0,
                          .has_small = t->id % 4 != 0,
                          .is_png = t->id % 3 == 0,
                          .written = s->now / DAYS(REWRITTEN_DAYS) * DAYS(REWRITTEN_DAYS)};
}

/* Ticks of .NET: tenths of microseconds since the year 1, which began 62,135,596,800 s before the
 * epoch. */
const char *cover_url(struct ex *x, const struct sim_title *t)
{
    const struct cover c = cover_of(x->s, t);
    const char *url = arena_printf(x->mem, "%s/MediaCover/%d/poster.jpg", x->s->base, t->id);
    int64_t ticks = (c.written + 62135596800000) * 10000;
    return c.is_there ? arena_printf(x->mem, "%s?lastWrite=%lld", url, (long long)ticks) : url;
}

/* A valid key opens the API, not the UI. */
void answer_cover_of_ui(struct ex *x)
{
    x->status = 302;
    x->location = arena_printf(x->mem, "%s/login?returnUrl=%s", x->s->base, x->path);
    x->type = NULL;
    x->has_version = false;
}

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {{".jpg", "image/jpeg"}, {".png", "image/png"}, {".gif", "image/gif"}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && dot > name && i < COUNT(types); i++)
        if (str_case_eq(dot, types[i].ending))
            return types[i].type;
    return NULL;
}

/* The bytes say what they are at the beginning only; the rest is as long as it would be. */
static void put_bytes(struct ex *x, const struct cover *c, bool is_small)
{
    static const char jpeg[] = "\xff\xd8\xff\xe0", png[] = "\x89PNG\r\n\x1a\n";
    size_t n = is_small ? SMALL_BYTES : WHOLE_BYTES;
    buf_add(&x->head, c->is_png ? png : jpeg, c->is_png ? sizeof png - 1 : sizeof jpeg - 1);
    while (x->head.n < n)
        buf_puts(&x->head, ".");
}

/* "/api/v3/mediacover/12/poster-250.jpg": a size that is not there is answered in full. */
void get_cover(struct ex *x)
{
    const char *name = strrchr(x->path, '/') + 1;
    const struct sim_title *t = sim_title(x->s, (int)x->id);
    const struct cover c = t ? cover_of(x->s, t) : (struct cover){0};
    bool is_poster = str_starts(name, "poster.") || str_starts(name, "poster-250.") ||
                     str_starts(name, "poster-500.");
    if (!type_of(name) || !is_poster || !c.is_there) {
        x->status = 404;
        x->type = NULL;
        return;
    }
    x->is_cover = true;
    x->modified = c.written;
    x->type = type_of(name);
    if (x->if_modified_since && x->if_modified_since >= c.written) {
        x->status = 304;
        x->type = NULL;
        return;
    }
    put_bytes(x, &c, c.has_small && !str_starts(name, "poster."));
}
