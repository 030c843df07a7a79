/* Renaming and removing instances and queues: history and cooldowns move along, or wait until the
 * retention ends (reconcile page, section 5). */
#include "store/resources.h"
#include "unit/store_attempts.h"

static void put_resource(struct state *t, const char *kind, const char *name)
{
    const struct stored_resource r = {.kind = kind,
                                      .name = name,
                                      .spec = "{}",
                                      .hash = "h",
                                      .fingerprints = "{}",
                                      .file = "",
                                      .first_applied = NOON,
                                      .spec_since = NOON};
    OK(t, resource_put(t->store, &r, 1, &t->e));
}

static void a_renamed_instance_keeps_everything(void **state)
{
    struct state *t = *state;
    int64_t used = 0;
    utc_t free_at;
    put_resource(t, "instance", "tv");
    add_item(t);
    judged_at(t, NOON, VERDICT_NOTHING);
    struct attempt a = attempt_at(NOON + 1);
    a.queue = "fan@tv";
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    OK(t, resource_rename(t->store, "instance", "tv", "sonarr", &t->e));
    assert_int_equal(memory_in(t, "sonarr").n_nothing, 1);
    assert_found(t, &(struct attempt_filter){.instance = "sonarr"}, "2 1 ");
    assert_found(t, &(struct attempt_filter){.instance = "tv"}, "");
    assert_found(t, &(struct attempt_filter){.queue = "fan@sonarr"}, "2 ");
    assert_rollups(t, NOON, "2026-11-23 sonarr/q/missing 1=0+1+0 failed 0 grabs 0 cost 1;");
    OK(t, cap_free_at(t->store, "sonarr", HOURS(1), 9, NOON + 1, &free_at, &used, &t->e));
    assert_int_equal(used, 2);
}

static void a_renamed_queue_keeps_its_history(void **state)
{
    struct state *t = *state;
    put_resource(t, "queue", "q");
    put_resource(t, "queue", "taken");
    judged_at(t, NOON, VERDICT_NOTHING);
    struct attempt a = attempt_at(NOON + 1);
    const char *const queues[] = {"q@tv", "q2", "taken"};
    for (size_t i = 0; i < COUNT(queues); i++) {
        a.queue = queues[i];
        OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    }
    OK(t, resource_archive(t->store, "queue", "taken", 2, NOON, &t->e));
    OK(t, resource_rename(t->store, "queue", "q", "taken", &t->e));
    assert_found(t, &(struct attempt_filter){.queue = "taken"},
                 "1 "); /* not that of the removed one */
    assert_found(t, &(struct attempt_filter){.queue = "taken@tv"}, "2 ");
    assert_found(t, &(struct attempt_filter){.queue = "q2"}, "3 ");
    assert_found(t, &(struct attempt_filter){.queue = "q"}, "");
}

static void a_removed_instance_keeps_its_history_for_a_while(void **state)
{
    struct state *t = *state;
    size_t n = 0;
    put_resource(t, "instance", "tv");
    add_item(t);
    judged_at(t, NOON, VERDICT_NOTHING);
    OK(t, resource_archive(t->store, "instance", "tv", 2, NOON + DAYS(30), &t->e));
    OK(t, resources_expire(t->store, NOON + DAYS(29), &n, &t->e));
    put_resource(t, "instance", "tv"); /* back: it remembers */
    assert_int_equal(memory_in(t, "tv").n_nothing, 1);
    OK(t, resource_archive(t->store, "instance", "tv", 3, NOON + DAYS(30), &t->e));
    OK(t, resources_expire(t->store, NOON + DAYS(30), &n, &t->e));
    assert_int_equal(n, 1);
    assert_found(t, &(struct attempt_filter){0}, "");
    assert_rollups(t, NOON, "");
    put_resource(t, "instance", "tv");
    add_item(t);
    assert_memory(t, "a new one of the same name", "- none 0/0/0 - 0 -");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_renamed_instance_keeps_everything),
        TEST(a_renamed_queue_keeps_its_history),
        TEST(a_removed_instance_keeps_its_history_for_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
