/* loop/loop.h — wait for descriptors, timers and signals, on a real or a virtual clock.
 *
 * One thread owns a loop; nothing here is thread-safe. Callbacks run one at a time and must not
 * block. One "now" is read per turn and kept (loop_utc, loop_mono): within a turn time stands
 * still. On a virtual clock the loop jumps to the next timer whenever nothing is ready; descriptors
 * are then looked at without waiting. */
#ifndef SPL_LOOP_LOOP_H
#define SPL_LOOP_LOOP_H

#include "base/clock.h"
#include "base/err.h"

struct loop;
struct timer;
struct watch;

struct loop *loop_new(const struct clock *clock); /* clock must outlive the loop */
struct loop *loop_new_virtual(struct virtual_clock *clock);
/* Takes NULL, returns NULL. Live timers and watches end silently: forget their pointers. Not from
 * inside a callback. */
struct loop *loop_free(struct loop *l);
void loop_freep(struct loop **l);

utc_t loop_utc(const struct loop *l);
ms_t loop_mono(const struct loop *l);

/* Calls fn once after `delay` (0: in the next turn, never inside this call). The timer ends when it
 * fires or is stopped; timer_stop takes NULL and returns NULL: `t = timer_stop(t)`. In fn the timer
 * is already gone: forget the pointer. Timers due at the same instant fire in the order they were
 * made. */
struct timer *loop_after(struct loop *l, ms_t delay, void (*fn)(void *ctx), void *ctx);
struct timer *timer_stop(struct timer *t);
ms_t timer_remaining(const struct timer *t);

/* Calls fn whenever fd is ready (EPOLLIN | EPOLLOUT …, level-triggered). Callbacks may stop any
 * watch and timer, their own too; a stopped watch hears nothing more, not even of this turn. */
struct watch *loop_watch(struct loop *l, int fd, uint32_t events,
                         void (*fn)(void *ctx, uint32_t ready), void *ctx);
void watch_change(struct watch *w, uint32_t events);
struct watch *
watch_stop(struct watch *w); /* takes NULL, returns NULL; close fd after, not before */

/* SIGINT and SIGTERM stop the loop; loop_signal says which one did (0: none). Before any thread is
 * made: threads inherit what is blocked. */
MUST_CHECK bool loop_catch_signals(struct loop *l, struct err *e);
/* SIGHUP calls fn instead of ending the process; after loop_catch_signals. */
MUST_CHECK bool loop_catch_hangup(struct loop *l, void (*fn)(void *ctx), void *ctx, struct err *e);
int loop_signal(const struct loop *l);

/* Runs until loop_stop, a caught signal, or nothing is left to wait for. */
MUST_CHECK bool loop_run(struct loop *l, struct err *e);
/* Virtual clocks: runs everything due up to `until` and leaves the clock there. */
MUST_CHECK bool loop_run_until(struct loop *l, utc_t until, struct err *e);
void loop_stop(struct loop *l);

#endif
