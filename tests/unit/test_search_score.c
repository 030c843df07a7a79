/* Custom formats below their profile's cutoff, as gate and as line of `why`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/search_items.h"

struct world {
    struct queue queue;
    struct query query;
    struct item it;
    struct item_memory m;
};

static void assert_judged(const struct world *w, enum reason reason)
{
    assert_string_equal(reason_name(query_judge(&w->query, &w->it, &w->m).reason),
                        reason_name(reason));
}

static void numbers_of(struct world *w, enum reason gate, char ret[static 160])
{
    struct gate_line lines[GATE_LINES_MAX];
    size_t n = query_explain(&w->query, &w->it, &w->m, lines);
    for (size_t i = 0; i < n; i++)
        if (lines[i].gate == gate)
            memcpy(ret, lines[i].numbers, sizeof lines[i].numbers);
}

/* Custom formats count besides the quality, where the profile wants any and the server told. */
static void formats_below_their_cutoff_are_an_upgrade(void **state UNUSED)
{
    struct world w;
    char numbers[160] = "";
    w = (struct world){.queue = usual_queue(), .it = usual_episode()};
    w.query = query_of(&w.queue);
    w.queue.strategy = STRATEGY_CUTOFF_UNMET;
    w.it.has_file = w.it.has_format_score = true;
    w.it.format_score = -20;
    assert_judged(&w, REASON_cutoff_met); /* the profile has no cutoff of scores */
    w.it.cutoff_format_score = 100;
    assert_judged(&w, REASON_selected);
    numbers_of(&w, REASON_cutoff_met, numbers);
    assert_string_equal(
        numbers, "quality below the cutoff of 'HD-1080p': no, custom formats worth -20 of 100");
    w.it.format_score = 99;
    assert_judged(&w, REASON_selected);
    w.it.format_score = 100;
    assert_judged(&w, REASON_cutoff_met);
    w.it.format_score = 0;
    w.it.has_format_score = false; /* not told */
    assert_judged(&w, REASON_cutoff_met);
    w.it.has_format_score = true;
    w.it.is_upgrade_allowed = false;
    assert_judged(&w, REASON_upgrade_forbidden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_below_their_cutoff_are_an_upgrade),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
