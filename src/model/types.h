/* model/types.h — the C side of field types: what one row of a .def file becomes in its struct.
 *
 * Everything here is plain data owned by the arena of its config; strings and arrays never change.
 * A CTYPE_x exists for every row of types.def. Absent optional values are NULL, empty or *_UNSET.
 */
#ifndef SPL_MODEL_TYPES_H
#define SPL_MODEL_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct strlist {
    const char **at;
    size_t n;
};

/* Where a secret comes from. The value itself is never part of the model. */
enum secret_source {
    SECRET_NONE,
    SECRET_STORED,
    SECRET_FILE,
    SECRET_CREDENTIAL,
    SECRET_ENV,
    SECRET_SOURCE_N
};
struct secret_ref {
    enum secret_source source;
    const char *ref; /* stored: the full name, with "alice/" in front for a tenant's */
};

/* A header value or webhook URL: a reference, or a literal where a literal is allowed. */
struct secret_or_text {
    struct secret_ref secret; /* source SECRET_NONE when `text` is set */
    const char *text;
};

/* days: bit 0 is Monday … bit 6 Sunday. Minutes since local midnight; `to` is 1…1440; to <= from
 * crosses midnight and belongs to the day it starts on. */
struct window {
    uint8_t days;
    int16_t from, to;
};
struct windows {
    struct window *at;
    size_t n;
};
struct moment {
    uint8_t days;
    int16_t minute;
};
struct moments {
    struct moment *at;
    size_t n;
};

/* Which instances: all of them, a list of names, or every one that fits type and tags (both hold).
 */
enum selector_form { SELECT_UNSET, SELECT_ALL, SELECT_NAMES, SELECT_MATCHING };
struct selector {
    enum selector_form form;
    struct strlist names;
    int app; /* enum app, or -1 for any */
    struct strlist tags;
};

struct years {
    int from, to; /* both 0 when unset */
};
struct cooldown {
    bool is_adaptive;
    ms_t flat; /* when not adaptive */
};
struct amount { /* 30% or 9 */
    bool is_percent;
    int64_t value;
};
enum tri { TRI_UNSET, TRI_FALSE, TRI_TRUE };

struct textpair {
    const char *key, *value;
};
struct textmap {
    struct textpair *at;
    size_t n;
};
struct secretpair {
    const char *key;
    struct secret_or_text value;
};
struct secretmap {
    struct secretpair *at;
    size_t n;
};
struct enumlist { /* bit i: value i of the enum */
    uint64_t bits;
    bool is_all;
};

/* `schedule: nightly` or `schedule: {every: 3d}`. */
struct schedule;
struct schedule_ref {
    const char *name;            /* NULL when inline; full name */
    const struct schedule *spec; /* the schedule meant; never NULL after config_check succeeded */
};

#define CTYPE_BOOL bool
#define CTYPE_TRI enum tri
#define CTYPE_INT int64_t
#define CTYPE_DUR ms_t
#define CTYPE_RATE double    /* per second: `2/s`, `0.5/s` */
#define CTYPE_PERCENT double /* 50% is 0.5 */
#define CTYPE_SIZE int64_t   /* bytes: 512MB is 512,000,000 */
#define CTYPE_TEXT const char *
#define CTYPE_PATH const char *
#define CTYPE_ZONE const char *
#define CTYPE_REGEX const char * /* verbatim; compiled once while loading to prove it is valid */
#define CTYPE_GLOB const char *
#define CTYPE_NAME const char * /* of another resource: .ref says which kind; full name */
#define CTYPE_URL const char *  /* no trailing slash */
#define CTYPE_ENUM int
#define CTYPE_ENUMS struct enumlist
#define CTYPE_LIST struct strlist /* list or single scalar */
#define CTYPE_SECRET struct secret_ref
#define CTYPE_SECRET_OR_URL struct secret_or_text
#define CTYPE_SECRET_OR_HASH struct secret_or_text /* inline $argon2id$… or a reference */
#define CTYPE_TEXTMAP struct textmap
#define CTYPE_SECRETMAP struct secretmap
#define CTYPE_WINDOWS struct windows
#define CTYPE_MOMENTS struct moments
#define CTYPE_UNTIL utc_t /* date: end of that day, local; or an instant. 0 = unset */
#define CTYPE_YEARS struct years
#define CTYPE_COOLDOWN struct cooldown
#define CTYPE_AMOUNT struct amount
#define CTYPE_SELECTOR struct selector
#define CTYPE_SCHEDULE struct schedule_ref
#define CTYPE_STRUCT(s) struct s   /* always there: its members have defaults */
#define CTYPE_OPTION(s) struct s * /* NULL unless written: "off unless given" */
#define CTYPE_STRUCTS(s) struct s##_list

/* What CTYPE_STRUCTS of any struct looks like to a walker. */
struct anylist {
    void *at;
    size_t n;
};

#endif
