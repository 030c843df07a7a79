/* model/health.h — the health of one instance as a pure state machine: what is known, one
 * observation, what is known then. Asking, keeping and telling are the engine's. */
#ifndef SPL_MODEL_HEALTH_H
#define SPL_MODEL_HEALTH_H

#include <stdbool.h>

#include "base/clock.h"

enum health_state {
#define STATE(constant, name, condition, colour, runs, words) HEALTH_##constant,
#include "model/health.def"
#undef STATE
    HEALTH_N
};
extern const char *const health_names[HEALTH_N + 1]; /* "unknown", …; NULL */
extern const char *const health_words[HEALTH_N];

enum health_colour { HEALTH_GREY, HEALTH_GREEN, HEALTH_YELLOW, HEALTH_RED, HEALTH_COLOURS };
extern const char *const health_colour_names[HEALTH_COLOURS]; /* "grey", … */
enum health_colour health_colour(enum health_state state);

bool health_holds_runs(enum health_state state); /* scheduled ones */

enum {
    HEALTH_REASON = 32,
    HEALTH_MESSAGE = 300,
    HEALTH_VERSION = 32,
    HEALTH_COUNT_EVERY_S = 60,  /* failures closer together than this count once */
    HEALTH_FLAPPING_H = 2,      /* down again so soon after the wait of its recovery: it doubles */
    HEALTH_BACKOFF_MAX_H = 2,   /* the longest wait of a recovery */
    HEALTH_LIST_EVERY_MIN = 15, /* how often /health is asked */
    HEALTH_RECHECK_MIN = 5,     /* the same while indexers are down */
};

struct health {
    enum health_state state;
    char reason[HEALTH_REASON];   /* of the condition: "Unreachable", …; "" none */
    char message[HEALTH_MESSAGE]; /* a sentence; "" none */
    char version[HEALTH_VERSION]; /* of the application, as it last said; "" */
    utc_t since;                  /* in this state; 0: never asked */
    utc_t asked;                  /* last; 0: never */
    ms_t took;                    /* the last answer */
    int failures;                 /* in a row */
    utc_t counted;                /* the last of them that counted */
    utc_t back;                   /* when it last answered after it was out; 0: never was */
    ms_t backoff;                 /* the wait of the recovery under way, or of the next */
    utc_t resumes;                /* recovering: when that ends; 0 */
    utc_t listed;                 /* /health was read last; 0: never */
    bool are_indexers_down;
    int n_errors, n_warnings; /* the server's own, of /health */
};

struct health_rules { /* health.* of the instance */
    int down_after;
    ms_t resume_backoff;
};

enum health_answer { HEALTH_ANSWERED, HEALTH_FAILED, HEALTH_REFUSED };
struct health_probe {
    utc_t at;
    ms_t took;
    enum health_answer answer; /* REFUSED: the key or the address is wrong; a human must act */
    const char *reason;        /* unless ANSWERED: "Unreachable", "Unauthorized", … */
    const char *message;       /* the sentence that goes with it; answered: a remark, or "" */
    const char *version;       /* answered */
    const char *slow;          /* answered, but slow or with many errors: the sentence; or "" */
};
/* /system/status was asked. */
struct health health_probed(const struct health *h, const struct health_rules *rules,
                            const struct health_probe *p);
/* /health was read. */
struct health health_listed(const struct health *h, utc_t at, bool are_indexers_down, int n_errors,
                            int n_warnings);
/* Time passed: the end of a recovery. */
struct health health_waited(const struct health *h, utc_t now);

/* Nothing can come of asking it: down, misconfigured, or never answered though it was asked. */
bool health_is_out(const struct health *h);

/* The Healthy condition: 1 True, 0 False, -1 Unknown. One that has been asked and has not answered
 * yet is not healthy, though it is not down either. */
int health_condition(const struct health *h);

/* When /health is due; 0: now. */
utc_t health_list_due(const struct health *h, utc_t now);

#endif
