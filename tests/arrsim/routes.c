/* arrsim/routes.c — which endpoints which version has. */
#include "arrsim/api.h"

enum { TV = 1, FILM = 2, BOTH = 3, OLD = 1, MODERN = 2, ALL = 3 };

/* clang-format off */
const struct route routes[] = {
    {"GET",    "/api",                    BOTH, MODERN, get_api},
    {"GET",    "/api/v3/system/status",   BOTH, ALL, get_status},
    {"GET",    "/api/v3/health",          BOTH, ALL, get_health},
    {"GET",    "/api/v3/indexer",         BOTH, ALL, get_indexers},
    {"GET",    "/api/v3/rootfolder",      BOTH, ALL, get_rootfolders},
    {"GET",    "/api/v3/tag",             BOTH, ALL, get_tags},
    {"GET",    "/api/v3/qualityprofile",  BOTH, ALL, get_profiles},
    {"GET",    "/api/v3/series",          TV,   ALL, get_series_list},
    {"GET",    "/api/v3/series/{id}",     TV,   ALL, get_series},
    {"GET",    "/api/v3/episode",         TV,   ALL, get_episodes},
    {"GET",    "/api/v3/episode/{id}",    TV,   ALL, get_episode},
    {"GET",    "/api/v3/episodefile",     TV,   ALL, get_files},
    {"GET",    "/api/v3/episodefile/{id}", TV,  ALL, get_file},
    {"GET",    "/api/v3/movie",           FILM, ALL, get_movie_list},
    {"GET",    "/api/v3/movie/{id}",      FILM, ALL, get_movie},
    {"GET",    "/api/v3/moviefile",       FILM, ALL, get_files},
    {"GET",    "/api/v3/moviefile/{id}",  FILM, ALL, get_file},
    {"GET",    "/api/v3/wanted/missing",  TV,   ALL, get_missing},
    {"GET",    "/api/v3/wanted/cutoff",   TV,   ALL, get_cutoff},
    {"GET",    "/api/v3/wanted/missing",  FILM, MODERN, get_missing},
    {"GET",    "/api/v3/wanted/cutoff",   FILM, MODERN, get_cutoff},
    {"GET",    "/api/v3/mediacover/{id}/{name}", BOTH, ALL, get_cover},
    {"GET",    "/api/v3/calendar",        BOTH, ALL, get_calendar},
    {"GET",    "/api/v3/queue",           BOTH, ALL, get_queue},
    {"GET",    "/api/v3/queue/details",   BOTH, ALL, get_queue_details},
    {"GET",    "/api/v3/queue/status",    BOTH, ALL, get_queue_status},
    {"GET",    "/api/v3/history",         BOTH, ALL, get_history},
    {"GET",    "/api/v3/history/since",   BOTH, ALL, get_history_since},
    {"GET",    "/api/v3/history/series",  TV,   ALL, get_history_of},
    {"GET",    "/api/v3/history/movie",   FILM, ALL, get_history_of},
    {"GET",    "/api/v3/command",         BOTH, ALL, get_commands},
    {"GET",    "/api/v3/command/{id}",    BOTH, ALL, get_command},
    {"POST",   "/api/v3/command",         BOTH, ALL, post_command},
    {"DELETE", "/api/v3/command/{id}",    BOTH, ALL, delete_command},
};
/* clang-format on */
const size_t n_routes = COUNT(routes);
