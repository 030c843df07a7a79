/* cli/version.h — the version this program was built as. */
#ifndef SPL_CLI_VERSION_H
#define SPL_CLI_VERSION_H

const char *version_text(void);

#endif
