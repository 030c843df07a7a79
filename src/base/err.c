/* base/err.c — filling an error value. Cutting a long message is intended. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
    *e = (struct err){.code = code};
    va_list args;
    va_start(args, fmt);
    vsnprintf(e->msg, sizeof e->msg, fmt, args);
    va_end(args);
    return false;
}

bool err_in(struct err *e, const char *fmt, ...)
{
    char context[sizeof e->msg];
    va_list args;
    va_start(args, fmt);
    vsnprintf(context, sizeof context, fmt, args);
    va_end(args);

    char inner[sizeof e->msg];
    memcpy(inner, e->msg, sizeof inner);
    snprintf(e->msg, sizeof e->msg, "%s: %s", context, inner);
    return false;
}

int err_exit(enum err_code code)
{
    static const int exits[] = {
        [ERR_NONE] = 4,    [ERR_USAGE] = 2,    [ERR_CONFIG] = 3,
        [ERR_IO] = 4,      [ERR_DB] = 4,       [ERR_REMOTE] = 4,
        [ERR_REFUSED] = 5, [ERR_CONFLICT] = 6, [ERR_INTERRUPTED] = 130,
    };
    return exits[code];
}
