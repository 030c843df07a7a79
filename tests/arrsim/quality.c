/* arrsim/quality.c — qualities and the profiles of every server: ids, names and groups as in the
 * recordings. Both applications share these ids; Sonarr says 13 where Radarr says 20. */
#include "arrsim/model.h"

/* clang-format off */
const struct quality qualities[] = {
    { 0,    0,    0, "Unknown",      "unknown",       "unknown"},
    { 1,  480,    0, "SDTV",         "television",    "tv"},
    {12,  480, 1000, "WEBRip-480p",  "webRip",        "webrip"},
    { 8,  480, 1000, "WEBDL-480p",   "web",           "webdl"},
    { 2,  480,    0, "DVD",          "dvd",           "dvd"},
    { 4,  720,    0, "HDTV-720p",    "television",    "tv"},
    { 9, 1080,    0, "HDTV-1080p",   "television",    "tv"},
    {14,  720, 1001, "WEBRip-720p",  "webRip",        "webrip"},
    { 5,  720, 1001, "WEBDL-720p",   "web",           "webdl"},
    { 6,  720,    0, "Bluray-720p",  "bluray",        "bluray"},
    {15, 1080, 1002, "WEBRip-1080p", "webRip",        "webrip"},
    { 3, 1080, 1002, "WEBDL-1080p",  "web",           "webdl"},
    { 7, 1080,    0, "Bluray-1080p", "bluray",        "bluray"},
    {17, 2160, 1003, "WEBRip-2160p", "webRip",        "webrip"},
    {18, 2160, 1003, "WEBDL-2160p",  "web",           "webdl"},
    {19, 2160,    0, "Bluray-2160p", "bluray",        "bluray"},
    { 0,    0,    0, NULL,           NULL,            NULL},
};

static const struct profile profiles[] = {
    {.id = 1, .name = "Any",      .is_upgrade_allowed = true,  .cutoff = 1002, .lowest = 1},
    {.id = 2, .name = "HD-1080p", .is_upgrade_allowed = true,  .cutoff = 7, .cutoff_score = 100,
     .lowest = 9},
    {.id = 3, .name = "SD",       .is_upgrade_allowed = false, .cutoff = 1, .lowest = 1},
    {.id = 4, .name = "Ultra-HD", .is_upgrade_allowed = true,  .cutoff = 1003, .lowest = 1003},
};
/* clang-format on */

const struct quality *quality_of(int id)
{
    for (const struct quality *q = qualities; q->name; q++)
        if (q->id == id)
            return q;
    return &qualities[0];
}

/* Members of a group are equals: their rank is that of the group's first. */
int quality_rank(int id)
{
    int group = id >= 1000 ? id : quality_of(id)->group;
    for (int i = 0; qualities[i].name; i++)
        if (group ? qualities[i].group == group : qualities[i].id == id)
            return i;
    return 0;
}

const struct profile *profile_of(int id)
{
    for (size_t i = 0; i < COUNT(profiles); i++)
        if (profiles[i].id == id)
            return &profiles[i];
    return NULL;
}
