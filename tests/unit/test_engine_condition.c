/* Conditions of an applied tree, judged, kept, and read again: health is as vitals.c keeps
 * it, the vocabulary is the reconcile page's, section 1. */
#include "unit/store_state.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "engine/condition.h"
#include "store/conditions.h"
#include "store/health.h"
#include "unit/search_tree.h"

struct scene {
    struct state *state;
    struct config *config;
    struct secrets *secrets;
};

static int scene_setup(void **ret)
{
    struct scene *s = NEW(struct scene);
    if (store_setup_open((void **)&s->state))
        return -1;
    setenv("K", "0123456789abcdef0123456789abcdef", 1);
    s->config = tree_new();
    add(s->config, KIND_QUEUE, "q", "{\"strategy\":\"missing\",\"instances\":[\"sonarr-main\"]}");
    check(s->config);
    s->secrets = secrets_new(&(struct secrets_setup){.store = s->state->store, .root = "/nowhere"});
    *ret = s;
    return 0;
}

static int scene_teardown(void **ret)
{
    struct scene *s = *ret;
    secrets_free(s->secrets);
    config_free(s->config);
    void *state = s->state;
    mem_free(s);
    return state_teardown(&state);
}

static struct condition_context context(const struct scene *s)
{
    return (struct condition_context){.config = s->config,
                                      .store = s->state->store,
                                      .secrets = s->secrets,
                                      .now = clock_utc(&s->state->clock.clock)};
}

static void keep_after(struct scene *s, ms_t wait)
{
    virtual_clock_advance(&s->state->clock, wait);
    struct condition_context x = context(s);
    OK(s->state, conditions_keep(&x, &s->state->e));
}

/* As engine/vitals.c writes it down: in its state since when it entered that. */
static void note_health(struct scene *s, enum health_state state, const char *reason, utc_t since)
{
    struct health h = {
        .state = state, .since = since, .asked = clock_utc(&s->state->clock.clock), .message = "m"};
    snprintf(h.reason, sizeof h.reason, "%s", reason);
    OK(s->state, health_put(s->state->store, "sonarr-main", &h, false, &s->state->e));
}

struct wanted {
    const char *type;
    char found[200];
};

static void take(void *ctx, const struct stored_condition *c)
{
    struct wanted *w = ctx;
    if (str_eq(c->type, w->type))
        snprintf(w->found, sizeof w->found, "%s %s +%lld", c->status, c->reason,
                 (long long)(c->since - NOON));
}

static void assert_kept(struct scene *s, const char *address, const char *type,
                        const char *expected)
{
    struct wanted w = {.type = type};
    OK(s->state, conditions_each(s->state->store, address, take, &w, &s->state->e));
    assert_string_equal(w.found, expected);
}

static void assert_since(struct scene *s, enum condition_type type, utc_t expected)
{
    struct condition_context x = context(s);
    const struct resource *r = config_find(s->config, KIND_INSTANCE, "sonarr-main");
    struct conditions c;
    OK(s->state, conditions_of(&x, r, 0, &c, &s->state->e));
    assert_int_equal(c.at[type].since, expected);
}

static void everything_is_kept(void **state)
{
    struct scene *s = *state;
    keep_after(s, 0);
    assert_kept(s, "instance/sonarr-main", "Ready", "True  +0");
    assert_kept(s, "instance/sonarr-main", "Healthy", "Unknown  +0");
    assert_kept(s, "instance/radarr-main", "Stalled", "False  +0");
    assert_kept(s, "queue/q", "Suspended", "False  +0");
    assert_kept(s, "queue/q", "Healthy", ""); /* queues have no health */
}

static void a_probe_that_repeats_itself_moves_nothing(void **state)
{
    struct scene *s = *state;
    note_health(s, HEALTH_HEALTHY, "", NOON);
    keep_after(s, 0);
    virtual_clock_advance(&s->state->clock, SECONDS(60));
    note_health(s, HEALTH_HEALTHY, "", NOON);
    keep_after(s, 0);
    assert_kept(s, "instance/sonarr-main", "Healthy", "True  +0");
    assert_since(s, COND_HEALTHY, NOON);
    note_health(s, HEALTH_DOWN, "Unreachable", NOON + SECONDS(60));
    keep_after(s, SECONDS(5));
    assert_kept(s, "instance/sonarr-main", "Healthy", "False Unreachable +60000");
    assert_since(s, COND_HEALTHY, NOON + SECONDS(60));
}

/* Judged anew by a command and not what was kept: the kept time is another condition's. */
static void what_differs_from_the_kept_has_its_own_time(void **state)
{
    struct scene *s = *state;
    keep_after(s, 0);
    assert_since(s, COND_READY, NOON);
    unsetenv("K");
    virtual_clock_advance(&s->state->clock, SECONDS(5));
    assert_since(s, COND_READY, 0);
    keep_after(s, 0);
    assert_since(s, COND_READY, NOON + SECONDS(5));
    assert_kept(s, "instance/sonarr-main", "Stalled", "True SecretMissing +5000");
}

static void removed_resources_are_forgotten(void **state)
{
    struct scene *s = *state;
    keep_after(s, 0);
    config_free(s->config);
    s->config = tree_new();
    check(s->config);
    keep_after(s, 5);
    assert_kept(s, "queue/q", "Ready", "");
    assert_kept(s, "instance/sonarr-main", "Ready", "True  +0");
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(everything_is_kept),
        TEST(a_probe_that_repeats_itself_moves_nothing),
        TEST(what_differs_from_the_kept_has_its_own_time),
        TEST(removed_resources_are_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
