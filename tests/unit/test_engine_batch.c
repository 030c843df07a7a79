/* Small writes share a transaction until somebody begins one of his own, or the loop turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/batch.h"
#include "store_state.h"

static void others_may_begin_in_between(void **state)
{
    struct state *t = *state;
    struct loop *l = loop_new_virtual(&t->clock);
    struct batch b;
    CLEANUP(tx_done) struct tx tx = {0};
    CLEANUP(freep) char *mine = NULL, *theirs = NULL;
    state_open(t, STORE_CREATE);
    batch_init(&b, l, t->store);
    OK(t, batch_row(&b, &t->e));
    OK(t, store_meta_set(t->store, "mine", "1", &t->e));
    assert_true(b.is_open);
    OK(t, tx_begin(t->store, &tx, &t->e));
    assert_false(b.is_open);
    OK(t, store_meta_set(t->store, "theirs", "2", &t->e));
    tx_done(&tx); /* rolls theirs back, and nothing else */
    OK(t, store_meta_get(t->store, "mine", &mine, &t->e));
    OK(t, store_meta_get(t->store, "theirs", &theirs, &t->e));
    assert_string_equal(mine, "1");
    assert_null(theirs);
    batch_done(&b);
    loop_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(others_may_begin_in_between, state_setup, state_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
