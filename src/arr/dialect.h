/* arr/dialect.h — where Sonarr and Radarr differ: paths, names of members, and how an item is
 * read. One table per application; nobody else asks which one it is. */
#ifndef SPL_ARR_DIALECT_H
#define SPL_ARR_DIALECT_H

#include <jansson.h>

#include "base/arena.h"
#include "model/item.h"

struct dialect {
    enum app app;
    const char *name; /* "Sonarr" */
    enum item_kind kind;
    bool is_item_title;                     /* a title is an item: movies */
    bool may_be_nameless;                   /* its oldest versions do not tell appName */
    const char *titles, *const *title_keys; /* the list, and what is read of it */
    const char *item;                       /* path before an item's id */
    const char *search, *search_ids; /* the command that searches one item, its list of ids */
    const char *search_season;       /* the one that searches a season; NULL: there are none */
    const char *history_item, *history_title;
    const char *queue_unknown;  /* parameter: downloads of no known title too */
    const char *queue_of_item;  /* path before an item's id */
    const char *queue_of_title; /* path before a series' id; NULL: asked of items only */
    const char *wanted_sort;    /* parameter, "" for none */
    /* Strings are borrowed from the JSON or put into the arena. */
    void (*read_title)(struct arena *m, const json_t *o, struct title *ret);
    void (*read_item)(struct arena *m, const json_t *o, const struct title *t, struct item *ret);
    /* What holds the title inside an answer about one item: "series"; NULL: the answer itself. */
    const char *title_inside;
};

const struct dialect *dialect_sonarr(void);
const struct dialect *dialect_radarr(void);

#endif
