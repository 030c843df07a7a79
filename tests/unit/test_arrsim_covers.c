/* Posters as contract section 3.8 has them. Which title has what on disk is arrsim/api_cover.c's:
 * of the ids 5 has nothing, 4 no small one, 3 and 6 PNG bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/arrsim_fixture.h"

/* The 30 days that START is in began 2026-11-03T00:00:00Z (20,760 days after the epoch); in ticks
 * of .NET: (62,135,596,800 + 20,760 · 86,400) s · 10^7. */
#define WRITTEN 1793664000000
#define TICKS "639292608000000000"

struct cover_answer {
    int status;
    char type[32], location[80];
    size_t n;
    bool is_jpeg, is_png;
};

static struct cover_answer fetch(struct sim *s, const char *target, const char *key, utc_t since)
{
    struct ex *x = ex_new(s);
    x->api_key = key;
    x->accept = "image/*";
    x->if_modified_since = since;
    assert_true(ex_set_target(x, target));
    api_answer(x);
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, 1 << 22);
    while (api_next(x, &out))
        ;
    struct cover_answer a = {.status = x->status, .n = out.n};
    snprintf(a.type, sizeof a.type, "%s", x->type ? x->type : "");
    snprintf(a.location, sizeof a.location, "%s", x->location ? x->location : "");
    a.is_jpeg = out.n > 3 && memcmp(out.at, "\xff\xd8\xff", 3) == 0;
    a.is_png = out.n > 4 && memcmp(out.at, "\x89PNG", 4) == 0;
    ex_free(x);
    return a;
}

/* behaviour 30 */
static void the_ui_wants_its_session(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->film, 6, 0);
    struct cover_answer a = fetch(f->film, "/MediaCover/1/poster.jpg", SIM_KEY, 0);
    assert_int_equal(a.status, 302);
    assert_string_equal(a.location, "/login?returnUrl=/MediaCover/1/poster.jpg");
    assert_int_equal(a.n, 0);
}

static void the_api_serves_what_is_on_disk(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *target;
        int status;
        const char *type;
        bool is_small, is_png;
    } rows[] = {
        {"/api/v3/mediacover/1/poster-250.jpg", 200, "image/jpeg", true, false},
        {"/api/v3/mediacover/1/poster-500.jpg?lastWrite=1", 200, "image/jpeg", true, false},
        {"/api/v3/mediacover/1/poster.jpg", 200, "image/jpeg", false, false},
        {"/api/v3/mediacover/4/poster-250.jpg", 200, "image/jpeg", false, false}, /* in full */
        {"/api/v3/mediacover/3/poster-250.jpg", 200, "image/jpeg", true, true},
        {"/api/v3/mediacover/5/poster-250.jpg", 404, "", false, false},
        {"/api/v3/mediacover/99/poster-250.jpg", 404, "", false, false},
        {"/api/v3/mediacover/1/poster-250.webp", 404, "", false, false},
        {"/api/v3/mediacover/1/config.xml", 404, "", false, false},
    };
    sim_fill_wanted(f->film, 6, 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cover_answer a = fetch(f->film, rows[i].target, SIM_KEY, 0);
        bool is_full = a.n >= 100000; /* 0.1 to 2 MB */
        if (a.status != rows[i].status || strcmp(a.type, rows[i].type) != 0 ||
            a.is_png != rows[i].is_png || (a.status == 200 && is_full == rows[i].is_small))
            fail_msg("%s: %d %s, %zu bytes", rows[i].target, a.status, a.type, a.n);
    }
    assert_int_equal(fetch(f->film, rows[0].target, "wrong", 0).status, 401);
}

static void what_is_known_is_not_sent_again(void **state)
{
    struct fixture *f = *state;
    static const char target[] = "/api/v3/mediacover/1/poster-250.jpg";
    sim_fill_wanted(f->film, 6, 0);
    assert_int_equal(fetch(f->film, target, SIM_KEY, WRITTEN - 1000).status, 200);
    struct cover_answer a = fetch(f->film, target, SIM_KEY, WRITTEN);
    assert_int_equal(a.status, 304);
    assert_int_equal(a.n, 0);
    pass(f, DAYS(30));
    assert_int_equal(fetch(f->film, target, SIM_KEY, WRITTEN).status, 200); /* a new poster */
}

static const char *link_of(const struct answer *a, size_t movie)
{
    const json_t *images = json_object_get(json_array_get(a->json, movie), "images");
    assert_int_equal(json_array_size(images), 1);
    return jx_str(json_array_get(images, 0), "url");
}

static void links_tell_when_a_poster_is_new(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->film, 6, 0);
    ANSWER a = ask(f->film, "/api/v3/movie");
    assert_string_equal(link_of(&a, 0), "/MediaCover/1/poster.jpg?lastWrite=" TICKS);
    assert_string_equal(link_of(&a, 4), "/MediaCover/5/poster.jpg");
    pass(f, DAYS(30));
    ANSWER later = ask(f->film, "/api/v3/movie");
    assert_string_not_equal(link_of(&later, 0), link_of(&a, 0));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_ui_wants_its_session),
        TEST(the_api_serves_what_is_on_disk),
        TEST(what_is_known_is_not_sent_again),
        TEST(links_tell_when_a_poster_is_new),
    };
    return cmocka_run_group_tests_name("arrsim covers", tests, NULL, NULL);
}
