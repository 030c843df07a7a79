/* model/value.h — how scalars are written: one parser and one printer for each kind of value.
 *
 * Parsers take the text of a scalar and read all of it. They return true and set *ret, or return
 * false and say in *p what is wrong, where in the text, and what to write instead; *ret is then
 * untouched. They are pure, except that value_zone looks for the zone's file. Ranges belong to the
 * field, not to the kind of value, and are the caller's to check.
 *
 * Printers give the canonical text, which parses back to the same value: durations in days and
 * smaller, largest unit first ("1d12h"); sets of days sorted and merged ("mon-fri,sun"). */
#ifndef SPL_MODEL_VALUE_H
#define SPL_MODEL_VALUE_H

#include "model/types.h"

struct zone;

struct value_problem {
    char message[200]; /* "'6' has no unit": never quotes a password */
    char hint[200];    /* "6 what? write 6h", or "" */
    size_t at;         /* byte in the text where it went wrong, for the caret */
    bool is_secret;    /* a password stands from there on */
};

/* ---- reading ---- */

MUST_CHECK bool value_bool(const char *text, bool *ret, struct value_problem *p);
MUST_CHECK bool value_int(const char *text, int64_t *ret, struct value_problem *p);
/* 90s 30m 6h 1d12h 2w 500ms: largest unit first, each once. */
MUST_CHECK bool value_dur(const char *text, ms_t *ret, struct value_problem *p);
/* 2/s 30/m 100/h, always returned per second. */
MUST_CHECK bool value_rate(const char *text, double *ret, struct value_problem *p);
/* 50% is 0.5; 0% to 100%. */
MUST_CHECK bool value_percent(const char *text, double *ret, struct value_problem *p);
/* 512MB (decimal: KB MB GB TB) or 512MiB (binary: KiB MiB GiB TiB), in bytes. */
MUST_CHECK bool value_size(const char *text, int64_t *ret, struct value_problem *p);
/* A whole percentage or a count. */
MUST_CHECK bool value_amount(const char *text, struct amount *ret, struct value_problem *p);
/* 1990-2020, or 2020 alone. */
MUST_CHECK bool value_years(const char *text, struct years *ret, struct value_problem *p);
/* daily weekdays weekends mon…sun, ranges mon-fri (fri-mon goes round), lists mon-fri,sun. */
MUST_CHECK bool value_days(const char *text, uint8_t *ret, struct value_problem *p);
/* <days> HH:MM-HH:MM */
MUST_CHECK bool value_window(const char *text, struct window *ret, struct value_problem *p);
/* <days> HH:MM */
MUST_CHECK bool value_moment(const char *text, struct moment *ret, struct value_problem *p);
/* Area/City or UTC, and known on this machine (any well-formed one where no zones are installed).
 * The canonical text is the text itself. */
MUST_CHECK bool value_zone(const char *text, struct value_problem *p);
/* 2026-12-31: the last millisecond of that day in `zone` (NULL: UTC); or an RFC 3339 instant. */
MUST_CHECK bool value_until(const char *text, const struct zone *zone, utc_t *ret,
                            struct value_problem *p);
/* [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])? */
MUST_CHECK bool value_name(const char *text, struct value_problem *p);

/* http or https, a host, no user:password@. URL_BASE, for what paths are added to: no query, no
 * fragment. URL_FULL: a query is fine, a fragment is not. *ret is the text without trailing
 * slashes. */
enum url_use { URL_BASE, URL_FULL };
enum { VALUE_URL = 2048 };
MUST_CHECK bool value_url(const char *text, enum url_use use, char ret[static VALUE_URL],
                          struct value_problem *p);

/* ---- writing: all return `ret` ---- */

enum { VALUE_TEXT = 64 };
char *value_print_dur(ms_t v, char ret[static VALUE_TEXT]);       /* "1d12h", "0s" */
char *value_print_rate(double v, char ret[static VALUE_TEXT]);    /* "5/s", "1/m" */
char *value_print_percent(double v, char ret[static VALUE_TEXT]); /* "50%" */
char *value_print_size(int64_t v, char ret[static VALUE_TEXT]);   /* "512MB", "512MiB" */
char *value_print_amount(const struct amount *v, char ret[static VALUE_TEXT]);
char *value_print_years(const struct years *v, char ret[static VALUE_TEXT]);
char *value_print_days(uint8_t days, char ret[static VALUE_TEXT]); /* "daily", "mon-fri,sun" */
char *value_print_window(const struct window *v, char ret[static VALUE_TEXT]);
char *value_print_moment(const struct moment *v, char ret[static VALUE_TEXT]);

#endif
