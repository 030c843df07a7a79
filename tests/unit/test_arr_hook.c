/* Webhooks read: what real servers sent (tests/recordings), forms of newer versions as their
 * sources write them, and bodies nobody should send. Expected values are read off the bodies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "arr/hook.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

struct scene {
    struct arena *arena;
    struct arr_hook hook;
    struct err e;
};

static int scene_setup(void **ret)
{
    struct scene *s = NEW(struct scene);
    s->arena = arena_new();
    *ret = s;
    return 0;
}

static int scene_teardown(void **state)
{
    struct scene *s = *state;
    arena_free(s->arena);
    mem_free(s);
    return 0;
}

static const struct arr_hook *decode(struct scene *s, enum app app, const char *body, size_t n)
{
    if (!arr_hook_decode(app, body, n, s->arena, &s->hook, &s->e))
        fail_msg("%s", s->e.msg);
    return &s->hook;
}

static const struct arr_hook *sonarr(struct scene *s, const char *body)
{
    return decode(s, APP_SONARR, body, strlen(body));
}

static const struct arr_hook *radarr(struct scene *s, const char *body)
{
    return decode(s, APP_RADARR, body, strlen(body));
}

static const struct arr_hook *recorded(struct scene *s, enum app app, const char *name)
{
    CLEANUP(buf_done) struct buf b = {0};
    CLEANUP(freep) char *path = mem_printf("tests/recordings/%s.json", name);
    if (!file_read(path, ARR_HOOK_BYTES, &b, &s->e))
        fail_msg("%s", s->e.msg);
    return decode(s, app, b.at, b.n);
}

/* ---- recordings ---- */

static void sonarr_test(void **state)
{
    const struct arr_hook *h = recorded(*state, APP_SONARR, "sonarr-3.0.10/webhook.Test");
    assert_int_equal(h->event, ARR_HOOK_TEST);
    assert_string_equal(h->type, "Test");
    assert_int_equal(h->title_id, 1);
    assert_string_equal(h->title, "Test Title");
    assert_int_equal(h->n_episode_ids, 1);
    assert_int_equal(h->episode_ids[0], 123);
    assert_false(h->is_foreign);
}

static void sonarr_grab(void **state)
{
    const struct arr_hook *h = recorded(*state, APP_SONARR, "sonarr-3.0.10/webhook.Grab");
    assert_int_equal(h->event, ARR_HOOK_GRABBED);
    assert_int_equal(h->title_id, 1);
    assert_string_equal(h->title, "Lab Show");
    assert_int_equal(h->n_episode_ids, 1);
    assert_int_equal(h->episode_ids[0], 2);
    assert_string_equal(h->release_title, "Lab.Show.S01E01.1080p.WEB-DL.DDP5.1.H.264-LAB");
    assert_string_equal(h->download_id, "");
}

static void sonarr_series_delete(void **state)
{
    const struct arr_hook *h = recorded(*state, APP_SONARR, "sonarr-3.0.10/webhook.SeriesDelete");
    assert_int_equal(h->event, ARR_HOOK_DELETED);
    assert_int_equal(h->title_id, 1);
    assert_int_equal(h->n_episode_ids, 0);
}

/* Its file holds series and episodes of its own, with other numbers. */
static void sonarr_file_delete(void **state)
{
    const struct arr_hook *h =
        recorded(*state, APP_SONARR, "sonarr-3.0.10/webhook.EpisodeFileDelete");
    assert_int_equal(h->event, ARR_HOOK_FILE_DELETED);
    assert_false(h->is_replaced); /* "manual" */
    assert_int_equal(h->n_episode_ids, 1);
    assert_int_equal(h->episode_ids[0], 2);
}

static void radarr_test(void **state)
{
    const struct arr_hook *h = recorded(*state, APP_RADARR, "radarr-3.0.1/webhook.Test");
    assert_int_equal(h->event, ARR_HOOK_TEST);
    assert_int_equal(h->title_id, 1);
    assert_string_equal(h->release_title, "Test Title");
    assert_false(h->is_foreign);
}

static void radarr_grab(void **state)
{
    const struct arr_hook *h = recorded(*state, APP_RADARR, "radarr-3.0.1/webhook.Grab");
    assert_int_equal(h->event, ARR_HOOK_GRABBED);
    assert_int_equal(h->title_id, 1);
    assert_int_equal(h->n_episode_ids, 0);
    assert_string_equal(h->release_title, "Lab.Movie.2015.1080p.WEB-DL.DD5.1.H.264-LAB");
}

/* Two servers of old versions on one address cannot be told apart by name; these can. */
static void the_other_application_is_noticed(void **state)
{
    const struct arr_hook *h = recorded(*state, APP_SONARR, "radarr-3.0.1/webhook.Grab");
    assert_true(h->is_foreign);
    assert_int_equal(h->title_id, 0);
    h = recorded(*state, APP_RADARR, "sonarr-3.0.10/webhook.Grab");
    assert_true(h->is_foreign);
    assert_int_equal(h->title_id, 0);
    assert_int_equal(h->n_episode_ids, 0);
}

/* ---- newer versions ---- */

static void every_type_has_its_event(void **state)
{
    static const struct {
        const char *type;
        enum arr_hook_event event;
    } rows[] = {
        {"Test", ARR_HOOK_TEST},
        {"Grab", ARR_HOOK_GRABBED},
        {"Download", ARR_HOOK_IMPORTED},
        {"ImportComplete", ARR_HOOK_IMPORTED},
        {"ManualInteractionRequired", ARR_HOOK_STUCK},
        {"Health", ARR_HOOK_HEALTH_ISSUE},
        {"HealthRestored", ARR_HOOK_HEALTH_RESTORED},
        {"SeriesAdd", ARR_HOOK_ADDED},
        {"MovieAdded", ARR_HOOK_ADDED},
        {"SeriesDelete", ARR_HOOK_DELETED},
        {"MovieDelete", ARR_HOOK_DELETED},
        {"EpisodeFileDelete", ARR_HOOK_FILE_DELETED},
        {"MovieFileDelete", ARR_HOOK_FILE_DELETED},
        {"Rename", ARR_HOOK_RENAMED},
        {"ApplicationUpdate", ARR_HOOK_APPLICATION_UPDATE},
        {"applicationUpdate", ARR_HOOK_APPLICATION_UPDATE},
        {"SomethingNew", ARR_HOOK_UNKNOWN},
        {"", ARR_HOOK_UNKNOWN},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(freep) char *body = mem_printf("{\"eventType\":\"%s\"}", rows[i].type);
        const struct arr_hook *h = sonarr(*state, body);
        assert_int_equal(h->event, rows[i].event);
        assert_string_equal(h->type, rows[i].type);
    }
}

static void events_have_names(void **state UNUSED)
{
    assert_string_equal(arr_hook_names[ARR_HOOK_UNKNOWN], "unknown");
    assert_string_equal(arr_hook_names[ARR_HOOK_FILE_DELETED], "file_deleted");
    assert_null(arr_hook_names[ARR_HOOK_N]);
}

static void an_upgrade_of_one_file(void **state)
{
    const struct arr_hook *h = sonarr(
        *state, "{\"series\":{\"id\":7,\"title\":\"S\",\"tvdbId\":99,\"tmdbId\":5},"
                "\"episodes\":[{\"id\":41},{\"id\":42}],\"episodeFile\":{\"id\":3},"
                "\"isUpgrade\":true,\"downloadId\":\"SABnzbd_nzo_1\",\"deletedFiles\":[{\"id\":2}],"
                "\"release\":{\"releaseTitle\":\"S.S01E01E02\"},\"eventType\":\"Download\","
                "\"instanceName\":\"Sonarr\",\"applicationUrl\":\"\"}");
    assert_int_equal(h->event, ARR_HOOK_IMPORTED);
    assert_string_equal(h->release_title, "S.S01E01E02");
    assert_string_equal(h->download_id, "SABnzbd_nzo_1");
    assert_int_equal(h->n_episode_ids, 2);
    assert_int_equal(h->episode_ids[1], 42);
}

/* The same eventType once more, of all of it. */
static void an_import_complete(void **state)
{
    const struct arr_hook *h =
        sonarr(*state, "{\"series\":{\"id\":7},\"episodes\":[{\"id\":41}],"
                       "\"episodeFiles\":[{\"id\":3}],\"downloadId\":\"A\",\"fileCount\":1,"
                       "\"eventType\":\"Download\"}");
    assert_int_equal(h->event, ARR_HOOK_IMPORTED);
    assert_int_equal(h->n_episode_ids, 1);
    assert_int_equal(h->episode_ids[0], 41);
    assert_string_equal(h->download_id, "A");
}

static void a_health_issue(void **state)
{
    const struct arr_hook *h =
        radarr(*state, "{\"level\":\"error\",\"message\":\"All indexers are unavailable due to "
                       "failures\",\"type\":\"IndexerStatusCheck\",\"wikiUrl\":\"https://w\","
                       "\"eventType\":\"Health\",\"instanceName\":null}");
    assert_int_equal(h->event, ARR_HOOK_HEALTH_ISSUE);
    assert_string_equal(h->health_level, "error");
    assert_string_equal(h->health_source, "IndexerStatusCheck");
    assert_string_equal(h->health_message, "All indexers are unavailable due to failures");
    assert_false(h->is_foreign);
    h = sonarr(*state,
               "{\"level\":\"warning\",\"message\":\"Indexer https://i/api?apikey=s3cret is "
               "gone\\nat X\",\"type\":\"IndexerStatusCheck\",\"eventType\":\"Health\"}");
    assert_string_equal(h->health_message, "Indexer https://i/api?apikey=*** is gone");
}

static void what_waits_for_a_person(void **state)
{
    const struct arr_hook *h = radarr(
        *state,
        "{\"movie\":{\"id\":12,\"tmdbId\":603},\"downloadInfo\":{\"title\":\"M.2020\"},"
        "\"downloadId\":\"D\",\"downloadStatus\":\"Warning\","
        "\"downloadStatusMessages\":[{\"title\":\"M.2020\",\"messages\":[\"Sample\",\"x\"]}],"
        "\"eventType\":\"ManualInteractionRequired\"}");
    assert_int_equal(h->event, ARR_HOOK_STUCK);
    assert_int_equal(h->title_id, 12);
    assert_string_equal(h->release_title, "M.2020");
    assert_string_equal(h->download_id, "D");
    assert_string_equal(h->problem, "Sample");
    h = sonarr(*state, "{\"downloadStatusMessages\":[{\"title\":\"Not an upgrade\"}],"
                       "\"eventType\":\"ManualInteractionRequired\"}");
    assert_string_equal(h->problem, "Not an upgrade");
}

/* ---- what nobody should send ---- */

static void wrong_types_are_absent(void **state)
{
    const struct arr_hook *h = sonarr(
        *state,
        "{\"series\":{\"id\":\"7\",\"tvdbId\":1.5,\"tmdbId\":-3,\"title\":[]},"
        "\"episodes\":[1,null,{\"id\":null},{\"id\":\"x\"},{\"id\":-1},{\"id\":0},{\"id\":9}],"
        "\"isUpgrade\":\"true\",\"downloadId\":5,\"release\":[],\"level\":{},"
        "\"instanceName\":false,\"eventType\":\"Grab\"}");
    assert_int_equal(h->event, ARR_HOOK_GRABBED);
    assert_int_equal(h->title_id, 0);
    assert_false(h->is_foreign);
    assert_string_equal(h->title, "");
    assert_string_equal(h->download_id, "");
    assert_string_equal(h->release_title, "");
    assert_string_equal(h->health_level, "");
    assert_int_equal(h->n_episode_ids, 1);
    assert_int_equal(h->episode_ids[0], 9);
    h = sonarr(*state, "{\"series\":\"x\",\"episodes\":{\"id\":1},\"eventType\":17}");
    assert_int_equal(h->event, ARR_HOOK_UNKNOWN);
    assert_string_equal(h->type, "");
    h = sonarr(*state, "{}");
    assert_int_equal(h->event, ARR_HOOK_UNKNOWN);
}

/* A pack of 12,000 episodes, and what it is only then said. */
static void huge_packs_are_cut(void **state)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, ARR_HOOK_BYTES);
    buf_puts(&b, "{\"series\":{\"id\":1,\"tvdbId\":2},\"episodes\":[");
    for (int i = 1; i <= 12000; i++)
        buf_printf(&b, "%s{\"id\":%d,\"seasonNumber\":1,\"title\":\"An episode of a long series\"}",
                   i > 1 ? "," : "", i);
    buf_puts(&b, "],\"eventType\":\"Grab\"}");
    assert_false(b.is_cut);
    const struct arr_hook *h = decode(*state, APP_SONARR, b.at, b.n);
    assert_int_equal(h->event, ARR_HOOK_GRABBED);
    assert_int_equal(h->n_episode_ids, 1000);
    assert_int_equal(h->episode_ids[999], 1000);
}

static void texts_are_cut_between_characters(void **state)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 10000);
    buf_puts(&b, "{\"message\":\"a");
    for (int i = 0; i < 1000; i++)
        buf_puts(&b, "\xC3\xA4"); /* U+00E4 */
    buf_puts(&b, "\",\"downloadId\":\"");
    for (int i = 0; i < 201; i++)
        buf_putc(&b, 'd');
    buf_puts(&b, "\",\"eventType\":\"Health\"}");
    const struct arr_hook *h = decode(*state, APP_SONARR, b.at, b.n);
    assert_int_equal(strlen(h->health_message), 499); /* "a" and 249 of two bytes */
    assert_true(str_is_utf8(h->health_message, 499));
    assert_string_equal(h->download_id, ""); /* half an id is another one's */
}

/* `open`, n times, then `close`, n times, as the value of a member. */
static bool decodes_nested(struct scene *s, const char *open, const char *close, int n)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    buf_puts(&b, "{\"x\":");
    for (int i = 0; i < n; i++)
        buf_puts(&b, open);
    buf_puts(&b, "1");
    for (int i = 0; i < n; i++)
        buf_puts(&b, close);
    buf_puts(&b, "}");
    return arr_hook_decode(APP_SONARR, b.at, b.n, s->arena, &s->hook, &s->e);
}

static void depth_is_32(void **state)
{
    struct scene *s = *state;
    assert_true(decodes_nested(s, "[", "]", 31));
    assert_false(decodes_nested(s, "[", "]", 32));
    assert_string_equal(s->e.msg, "JSON nested more than 32 deep");
    assert_true(decodes_nested(s, "{\"a\":", "}", 31));
    assert_false(decodes_nested(s, "{\"a\":", "}", 32));
    assert_false(decodes_nested(s, "[", "", 400000));
    /* Brackets in a text are none. */
    assert_int_equal(sonarr(s, "{\"x\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[\\\\\"}")->event,
                     ARR_HOOK_UNKNOWN);
}

static void values_are_counted(void **state)
{
    struct scene *s = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    buf_puts(&b, "{\"x\":[1");
    for (int i = 0; i < 200000; i++)
        buf_puts(&b, ",1");
    buf_puts(&b, "]}");
    assert_false(arr_hook_decode(APP_SONARR, b.at, b.n, s->arena, &s->hook, &s->e));
    assert_string_equal(s->e.msg, "JSON of more than 100000 values");
}

static void bytes_are_bounded(void **state)
{
    struct scene *s = *state;
    CLEANUP(freep) char *body = mem_zeroed(ARR_HOOK_BYTES + 2);
    memset(body, ' ', ARR_HOOK_BYTES + 1);
    body[0] = '{';
    body[1] = '}';
    assert_true(arr_hook_decode(APP_SONARR, body, ARR_HOOK_BYTES, s->arena, &s->hook, &s->e));
    assert_false(arr_hook_decode(APP_SONARR, body, ARR_HOOK_BYTES + 1, s->arena, &s->hook, &s->e));
    assert_string_equal(s->e.msg, "longer than 1048576 bytes");
}

static void what_is_no_object_is_refused(void **state)
{
    static const struct {
        const char *body;
        size_t n;
    } bad[] = {
        {"", 0},
        {" ", 1},
        {"null", 4},
        {"[]", 2},
        {"\"Test\"", 6},
        {"17", 2},
        {"{", 1},
        {"}", 1},
        {"{\"eventType\":\"Test\"", 19},
        {"{\"eventType\":\"Test\"}}", 21},
        {"{\"eventType\":\"Test\"}{}", 22},
        {"{\"a\":1,\"a\":2}", 13},
        {"{\"a\":\"\xFF\"}", 9},
        {"{\"a\":\"\\u0000\"}", 14},
        {"{\"a\":\"\\", 7},
        {"{}\0", 3},
        {"eventType=Test", 14},
    };
    struct scene *s = *state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        s->e = (struct err){0};
        if (arr_hook_decode(APP_SONARR, bad[i].body, bad[i].n, s->arena, &s->hook, &s->e))
            fail_msg("%zu: %s", i, bad[i].body);
        assert_int_equal(s->e.code, ERR_REMOTE);
        assert_true(s->e.msg[0]);
    }
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(sonarr_test),
        TEST(sonarr_grab),
        TEST(sonarr_series_delete),
        TEST(sonarr_file_delete),
        TEST(radarr_test),
        TEST(radarr_grab),
        TEST(the_other_application_is_noticed),
        TEST(every_type_has_its_event),
        cmocka_unit_test(events_have_names),
        TEST(an_upgrade_of_one_file),
        TEST(an_import_complete),
        TEST(a_health_issue),
        TEST(what_waits_for_a_person),
        TEST(wrong_types_are_absent),
        TEST(huge_packs_are_cut),
        TEST(texts_are_cut_between_characters),
        TEST(depth_is_32),
        TEST(values_are_counted),
        TEST(bytes_are_bounded),
        TEST(what_is_no_object_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
