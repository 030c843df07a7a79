/* search_tree.h — a small tree for the tests of exclusions: two Sonarrs, a Radarr and what a test
 * adds. Include after cmocka.h. */
#ifndef TESTS_SEARCH_TREE_H
#define TESTS_SEARCH_TREE_H

#include <stdio.h>

#include "search/exclusion.h"

enum { JSON_MAX = 2000 };

static inline void add(struct config *c, enum kind kind, const char *name, const char *json)
{
    struct err e = {0};
    if (!config_add_stored(c, kind, name, json, &e))
        fail_msg("%s: %s", name, e.msg);
}

static inline struct config *tree_new(void)
{
    static const char *const instances[][2] = {
        {"sonarr-main", "{\"type\":\"sonarr\",\"url\":\"http://s:8989\",\"tags\":[\"hd\"],"
                        "\"api_key\":{\"env\":\"K\"}}"},
        {"sonarr-4k", "{\"type\":\"sonarr\",\"url\":\"http://t:8989\",\"tags\":[\"uhd\"],"
                      "\"api_key\":{\"env\":\"K\"}}"},
        {"radarr-main", "{\"type\":\"radarr\",\"url\":\"http://r:7878\",\"tags\":[\"hd\"],"
                        "\"api_key\":{\"env\":\"K\"}}"},
    };
    struct config *c = config_new();
    for (size_t i = 0; i < COUNT(instances); i++)
        add(c, KIND_INSTANCE, instances[i][0], instances[i][1]);
    return c;
}

static inline void check(struct config *c)
{
    struct diags *diags = diags_new();
    if (!config_check(c, diags))
        fail_msg("%s", diags_at(diags, 0)->message);
    diags_free(diags);
}

/* An exclusion 'x' with this body, alone in the tree. */
static inline struct config *tree_of(const char *body)
{
    char json[JSON_MAX];
    struct config *c = tree_new();
    snprintf(json, sizeof json, "{%s}", body);
    add(c, KIND_EXCLUSION, "x", json);
    return c;
}

#endif
