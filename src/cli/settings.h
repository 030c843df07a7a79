/* cli/settings.h — where configuration, state and key are: flag, else environment, else default
 * (cli page, section 7). Looks, and creates nothing. */
#ifndef SPL_CLI_SETTINGS_H
#define SPL_CLI_SETTINGS_H

#include "cli/flags.h"

void settings_find(const struct cli_given *given, struct cli_settings *ret);
void settings_done(struct cli_settings *s);

/* The flag's value, else the environment's (empty counts as unset), else NULL. */
const char *setting_given(const struct cli_given *given, const char *flag, const char *variable);

#endif
