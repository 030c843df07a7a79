/* cli/why_season.h — `why` of a season that may be searched as a whole; `describe` says the same.
 */
#ifndef SPL_CLI_WHY_SEASON_H
#define SPL_CLI_WHY_SEASON_H

#include "cli/view.h"

int why_season(const struct view *v, const char *address);

#endif
