/* scenario/script.h — the scenario language: one step a line, words separated by blanks, "quoted
 * words" with blanks, # comments, and blocks of lines that begin with | (file contents). */
/* clang-format off
 *
 *   scenario "a title"
 *   fake sonarr tv [old] [demo|edges|lab] [wanted=20] [upgradable=5] [scored=6] [big=100x10] [skew=2h] [base=/sonarr] [quiet]
 *                                       (quiet: from now on nothing is released but by `release` and `packs`)
 *   file tree/splintarr.yaml            followed by | lines
 *   apply [allow-prune=2] [held]        run QUEUE|all [dry] [fails]     advance 1h
 *   start                               (queues run by themselves from now on, while time advances)
 *   hook tv                             followed by | lines: a webhook of that body, besides its own
 *   pause queue/x [for=2h]              resume queue/x
 *   retry season/tv/1/1
 *   behave tv NAME on|off               fault tv METHOD PATH what [status=503] [times=2] [retry-after=120s]
 *   restart tv 30s                      indexers tv up|error|blocked|off
 *   kill                                (the program; the next step starts it again)
 *   older 1                             (killed, and the state is as a program with that schema left it)
 *   dead 5h                             (it is not running for that long)
 *   asleep 5h                           (nor is the machine: clocks on the wall go on, timers do not; -5h: it was set back)
 *   release tv ITEM                     (a fitting release is there from now on)
 *   remove tv TITLE                     return tv TITLE (as it was)     readd tv TITLE (under new ids)
 *   air tv in=3h                        (a series is added: one old episode, one whose broadcast ends then)
 *   premiere films in=3h                (a movie is added that the server has as available, at home then)
 *   season tv episodes=8 missing=5 newest=40d [continuing] [anime|daily]
 *                                       (a series with one season of weekly episodes that lacks the last ones)
 *   packs tv drawn|all|none             (whether searches of whole seasons find one)
 *   grab tv ITEM                        (it starts downloading without a search)
 *   bring tv ITEM                       (somebody imports a file of it by hand)
 *   user-search tv ITEM [ITEM…]         user-cancel tv (what waits, the newest command first)
 *   retry movie/films/ITEM              (or season/tv/SERIES/NUMBER: as if somebody asked for it)
 *   expect searches tv [of=ITEM] exactly|least|most N
 *   expect at-once tv exactly|least|most N   (searches by command that it had at once at most)
 *   expect gap tv exactly|least|most N       (seconds between two of them at least)
 *   expect successes tv exactly|least|most N (finds that were imported, in the sums over all time)
 *   expect requests tv METHOD ROUTE exactly|least|most N
 *   expect event NAME [field=value …] exactly|least|most N    (or [reasons.cap_hour=1])
 *   expect audit ACTION ADDRESS ["detail=part of it"] exactly|least|most N
 *   expect diff none|some               expect problems none
 *   limit requests tv N                 (in the whole scenario, checked at the end)
 *   cooldown 6h                         (what the at-most-once promise is checked with; default 6h)
 *
 * clang-format on */
#ifndef SCENARIO_SCRIPT_H
#define SCENARIO_SCRIPT_H

#include "base/arena.h"
#include "scenario/stage.h"

enum { WORDS_MAX = 16 };

struct step {
    int line;
    int n;
    const char *words[WORDS_MAX];
    const char *block; /* the | lines, joined; NULL: none */
};
struct script {
    const char *file, *title;
    VEC(struct step) steps;
};

/* Words and blocks live in `arena`. */
MUST_CHECK bool script_read(const char *path, struct arena *arena, struct script *ret,
                            struct err *e);
void script_done(struct script *s);

/* Plays all steps and checks the promises. The first thing that went wrong ends it, with file:line.
 */
MUST_CHECK bool script_play(const struct script *s, uint64_t seed, struct err *e);

/* One step; used by the torture too. */
struct play {
    struct stage stage;
    ms_t cooldown;
    bool has_died; /* the torture killed it: whether a run fails is no longer what the script
                      foresaw */
    VEC(const struct step *) limits;
};
MUST_CHECK bool play_step(struct play *p, const struct step *step, struct err *e);
/* The promises and limits at the end of a play. */
MUST_CHECK bool play_end(struct play *p, struct err *e);
void play_done(struct play *p);

/* "1h30m", "45s"; false when it is no duration. */
bool read_duration(const char *text, ms_t *ret);

#endif
