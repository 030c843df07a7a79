/* model/zones.c — a shelf of time zones. */
#include "model/zones.h"

#include "base/str.h"
#include "base/vec.h"

struct zones {
    VEC(struct zone *) all;
};

struct zones *zones_new(void)
{
    return NEW(struct zones);
}

struct zones *zones_free(struct zones *z)
{
    if (!z)
        return NULL;
    for (size_t i = 0; i < z->all.n; i++)
        zone_free(z->all.at[i]);
    vec_done(&z->all);
    mem_free(z);
    return NULL;
}

void zones_freep(struct zones **z)
{
    *z = zones_free(*z);
}

bool zones_get(struct zones *z, const char *name, const struct zone **ret, struct err *e)
{
    char system[ZONE_NAME];
    struct zone *zone;
    name = name ? name : zone_system(system);
    for (size_t i = 0; i < z->all.n; i++)
        if (str_eq(zone_name(z->all.at[i]), name)) {
            *ret = z->all.at[i];
            return true;
        }
    if (!zone_load(name, &zone, e))
        return false;
    vec_push(&z->all, zone);
    *ret = zone;
    return true;
}
