/* model/config_parts.h — the inside of a configuration, for config_*.c only. */
#ifndef SPL_MODEL_CONFIG_PARTS_H
#define SPL_MODEL_CONFIG_PARTS_H

#include "base/vec.h"
#include "model/config.h"
#include "model/decode.h"
#include "model/timetable.h"

/* A name that is declared, but not as what it should be: told once, not at every reference. */
struct broken_name {
    enum kind kind;
    const char *name; /* full */
};

struct referenced {
    const char *path, *bytes;
};

struct config {
    struct arena *arena;
    struct ybudget budget;
    VEC(struct resource *) resources; /* of the tree; sorted by kind and name once checked */
    VEC(struct resource *) builtins;
    VEC(struct referenced) files;
    VEC(struct broken_name) broken;
    struct settings *settings;
    struct zones *zones;      /* of schedules */
    struct zone *zone;        /* of dates: the settings', else the system's; NULL: UTC */
    const char *zone_problem; /* its file is there and could not be read; NULL: none */
    utc_t now;                /* for warnings; 0: unknown */
    const char *unread;       /* a file nobody could read; NULL: all were */
    bool is_sorted;
};

struct resource *resource_new(struct config *c, enum kind kind, const char *owner,
                              const char *local_name, const struct loc *at,
                              const struct ynode *node);

/* By full name, built-ins too. */
struct resource *config_lookup(const struct config *c, enum kind kind, const char *full_name);

/* Relative and without "..": it stays inside the tree, or inside the tenant's directory. */
bool config_is_inside(const char *path);

struct reading config_reading(const struct config *c, const struct resource *r,
                              struct diags *diags);

/* What is written for a queue or profile: itself, what it extends, its profile, … False on a
 * circle. */
bool config_levels(const struct config *c, const struct resource *r, struct levels *ret);

/* Its windows, moments and blackouts, and those of the settings, leave it no time until clocks
 * change, on *ret_until by its own, or none at all: the year 0. */
bool schedule_idles(const struct config *c, const struct schedule *s, struct civil *ret_until);
/* One of them vanishes when summer time begins. */
bool schedule_loses(const struct config *c, const struct schedule *s, struct window_lost *ret);

/* config_check in its steps, each in a file of its own. */
void config_check_written(struct config *c, struct diags *diags);    /* config_check.c */
void config_check_references(struct config *c, struct diags *diags); /* config_refs.c */
void config_check_rules(struct config *c, struct diags *diags);      /* config_rules.c */
void config_add_builtins(struct config *c);                          /* config_builtin.c */

#endif
