/* engine/vitals.h — how each instance is: read from the state when first asked for, fed with every
 * answer of its server, told as events when it changes, written down then and now and then. Inside
 * the engine only; the rules are model/health.h's. */
#ifndef SPL_ENGINE_VITALS_H
#define SPL_ENGINE_VITALS_H

#include "arr/arr.h"
#include "engine/engine.h"
#include "engine/patience.h"
#include "model/answers.h"

struct lane;

struct vitals {
    char *instance;
    struct health health;
    struct answers answers;
    struct patience patience; /* with its searches of single items */
    utc_t kept;               /* when all of it was last written down; 0: it was not */
    ms_t rests;               /* its last answer asked to be left alone until then, by the steady
                                 clock; 0: it did not */
};

struct vitals *vitals_of(struct engine *e, const char *instance);
struct vitals *vitals_free(struct vitals *v); /* takes NULL, returns NULL */

/* One answer, or none, to a lane's request. */
void vitals_answered(void *lane, const struct arr_answer *answer);
/* A lane asked /system/status. */
void vitals_probed(struct lane *l, const struct arr_result *r, const struct arr_status *status);
/* A lane read /health. */
void vitals_listed(struct lane *l, const struct arr_health *h);
/* A lane is over: what it learned is written down; of routine probes that found nothing new only
 * every ten minutes. */
void vitals_keep(struct lane *l);

#endif
