/* base/fault.h — places where tests make the process die, or an operation fail.
 *
 * Compiled in with -DSPL_FAULTS (debug and sanitizer builds); nothing otherwise. With the
 * environment variable SPLINTARR_FAULT_KILL=N the process dies by _exit(FAULT_EXIT) at the N-th
 * point it passes; with SPLINTARR_FAULT_COUNT=FILE the number of points passed is written there at
 * a normal end, so that a torture run knows how many there are. */
#ifndef SPL_BASE_FAULT_H
#define SPL_BASE_FAULT_H

enum { FAULT_EXIT = 86 };

#ifdef SPL_FAULTS
void fault_point(const char *name);
/* Called at every point instead of the above; may leave by longjmp. NULL: back to the environment.
 */
void fault_catch(void (*hook)(const char *name));
/* Asked before an operation: 0, or the code it is to fail with, instead of being done. `what` is
 * "file", or the name of a statement (state/queries.def). */
int fault_fails(const char *what);
void fault_fail(int (*hook)(const char *what)); /* NULL: nothing fails */
#else
#define fault_point(name) ((void)(name))
#define fault_fails(what) ((void)(what), 0)
#endif

#endif
