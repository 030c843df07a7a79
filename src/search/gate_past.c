/* search/gate_past.c — the gates that ask what is remembered of an item's searches. */
#include "search/gate_parts.h"

#include "search/cooldown.h"

bool gate_cooling_down(const struct judged *j, struct why *why)
{
    utc_t burst = query_burst(j->q, j->it, j->m);
    if (burst)
        why->until = burst > j->q->now ? burst : 0;
    else
        why->until = cooldown_until(&j->q->queue->cooldown, j->it, j->m, j->q->now);
    return why->until != 0;
}

static const char *occasion(const struct judged *j)
{
    if (query_burst(j->q, j->it, j->m))
        return "in its burst; ";
    return cooldown_is_lifted(j->m) ? "asked for again; " : "";
}

void gate_say_cooldown(const struct judged *j, const struct why *why, char *ret, size_t size)
{
    char at[UTC_TEXT], until[UTC_TEXT], words[COOLDOWN_WORDS];
    utc_t searched = item_last_search(j->it, j->m);
    bool is_ours = cooldown_is_ours(j->it, j->m) || j->m->searched >= searched;
    const char *rest = why->until ? utc_format_local(why->until, until) : NULL;
    if (!searched && !j->m->n_soft_failures)
        gate_write(ret, size, "never searched");
    else if (!searched)
        gate_write(ret, size, "%snever searched: %d time%s in a row nobody could be asked%s%s",
                   occasion(j), j->m->n_soft_failures, j->m->n_soft_failures == 1 ? "" : "s",
                   rest ? ", rests until " : "", rest ? rest : "");
    else
        gate_write(ret, size, "%slast searched %s by %s, rests %s%s%s", occasion(j),
                   utc_format_local(searched, at), is_ours ? "us" : "someone else",
                   cooldown_words(&j->q->queue->cooldown, j->it, j->m, words),
                   rest ? " until " : ": over", rest ? rest : "");
}

bool gate_held_loop_guard(const struct judged *j, struct why *why)
{
    why->until = loop_guard_until(j->m, j->q->now);
    return why->until != 0;
}

void gate_say_loop_guard(const struct judged *j, const struct why *why UNUSED, char *ret,
                         size_t size)
{
    gate_write(ret, size, "grabs without import within 7 days: %d; 3 hold it", j->m->n_grabs);
}

bool gate_in_flight(const struct judged *j, struct why *why UNUSED)
{
    return j->m->is_open;
}

void gate_say_flight(const struct judged *j, const struct why *why UNUSED, char *ret, size_t size)
{
    gate_write(ret, size, "a search not judged yet: %s", gate_yes_no(j->m->is_open));
}
