/* arrsim/api.h — one request and its answer, the same for the in-process transport and the HTTP
 * server: fill in the request part, call api_answer, then api_next until it says done. */
#ifndef ARRSIM_API_H
#define ARRSIM_API_H

#include "arrsim/jw.h"
#include "arrsim/model.h"
#include "base/arena.h"

struct query {
    const char *key, *value;
    bool is_read; /* somebody asked for it: what nobody does, the server ignores */
};

enum wire {
    WIRE_WHOLE,
    WIRE_CUT,
    WIRE_TORN,
    WIRE_ENDLESS,
    WIRE_DRIP,
    WIRE_TARPIT,
    WIRE_RESET,
};

struct ex {
    struct sim *s;
    struct arena *mem; /* for what both parts point to */

    /* the request */
    const char *method, *target;
    const char *path; /* decoded, with URL base until api_answer cuts it off */
    VEC(struct query) query;
    const char *api_key, *authorization, *content_type, *accept, *user_agent, *body;
    utc_t if_modified_since; /* 0: not asked */
    size_t n_body;
    int64_t id; /* of {id} in the route */

    /* the answer */
    int status;
    const char *type, *location, *allow, *authenticate, *retry_after;
    bool has_version;
    bool is_cover; /* cached for ever, with its time */
    utc_t modified;
    enum wire wire;
    ms_t latency;
    struct buf head;
    struct jw j;
    /* Long lists: head, then each row when it is its turn, then the brackets. */
    VEC(int) rows;
    size_t at_row;
    void (*row)(struct ex *x, int row);
    bool was_head_sent;
};

struct ex *ex_new(struct sim *s);
struct ex *ex_free(struct ex *x); /* takes NULL, returns NULL */
/* `target`: path and query as on the request line. False: more than the server takes (8 KB). */
MUST_CHECK bool ex_set_target(struct ex *x, const char *target);

/* Lets the world catch up, then answers. Never WIRE_WHOLE while the server is down. */
void api_answer(struct ex *x);
/* Appends the next piece of the body (some 32 KB); false: that was the last. */
bool api_next(struct ex *x, struct buf *out);
const char *api_version(const struct sim *s);
const char *api_version_header(const struct sim *s);
const char *api_server_header(const struct sim *s);

/* ---- for the endpoints ---- */

struct route {
    const char *method, *path;
    int apps;     /* 1: Sonarr, 2: Radarr */
    int profiles; /* 1: old, 2: modern */
    void (*fn)(struct ex *x);
};
extern const struct route routes[];
extern const size_t n_routes;

const char *ex_query(const struct ex *x, const char *key); /* NULL: absent */
bool query_is(struct query *q, const char *key);           /* counts as read */
bool ex_flag(struct ex *x, const char *key, bool otherwise);
int64_t ex_number(const struct ex *x, const char *key, int64_t otherwise);
/* All values of a repeated key; on the old profile also "1,2". False: not a number. */
bool ex_numbers(struct ex *x, const char *key, struct buf *ret_ints, size_t *ret_n);

void ex_list(struct ex *x, void (*row)(struct ex *x, int row)); /* opens '[' */

/* Paging. `sort` gives each sort key of the endpoint; the first is the default. */
struct sort_key {
    const char *name, *old_name;                 /* NULL: not on that profile */
    int64_t (*number)(struct sim *s, int row);   /* either */
    const char *(*text)(struct sim *s, int row); /* or */
};
struct paging {
    const struct sort_key *keys;
    size_t n_keys;
    bool old_ascending, rewinds, old_needs_key;
    void (*row)(struct ex *x, int row);
};
/* Sorts and cuts x->rows (indices) and writes the head of the page. */
void ex_page(struct ex *x, const struct paging *p);

void fail_not_found(struct ex *x); /* an unknown id */
void fail_no_route(struct ex *x);  /* an unknown path */
void fail_bad_request(struct ex *x, const char *why);
void fail_value(struct ex *x, const char *field, const char *value); /* a wrong query type */
void fail_message(struct ex *x, int status, const char *message, const char *description);
void fail_no_name(struct ex *x);
void fail_json(struct ex *x);
void fail_page(struct ex *x, int status, const char *title); /* HTML */
/* true: a fault answered */
bool fault_meets(struct ex *x);

/* Pieces that several endpoints share. */
void put_title(struct ex *x, const char *key, const struct sim_title *t, bool is_embedded);
void put_episode(struct ex *x, const char *key, const struct sim_item *it, bool series, bool file,
                 bool images);
void put_movie(struct ex *x, const char *key, const struct sim_title *t, bool with_file);
void put_file(struct ex *x, const char *key, const struct sim_file *f);
void put_quality(struct ex *x, int quality);
void put_formats(struct ex *x, int score);
char *ex_lowered(struct ex *x, const char *name, bool letters_only);
void put_languages(struct ex *x);
void put_images(struct ex *x, const struct sim_title *t, bool is_embedded);
const char *cover_url(struct ex *x, const struct sim_title *t); /* in x->mem */
void answer_cover_of_ui(struct ex *x);

#define ENDPOINT(name) void name(struct ex *x)
ENDPOINT(get_api);
ENDPOINT(get_ping);
ENDPOINT(get_status);
ENDPOINT(get_health);
ENDPOINT(get_indexers);
ENDPOINT(get_rootfolders);
ENDPOINT(get_tags);
ENDPOINT(get_profiles);
ENDPOINT(get_series_list);
ENDPOINT(get_series);
ENDPOINT(get_movie_list);
ENDPOINT(get_movie);
ENDPOINT(get_episodes);
ENDPOINT(get_episode);
ENDPOINT(get_files);
ENDPOINT(get_file);
ENDPOINT(get_missing);
ENDPOINT(get_cutoff);
ENDPOINT(get_cover);
ENDPOINT(get_calendar);
ENDPOINT(get_queue);
ENDPOINT(get_queue_details);
ENDPOINT(get_queue_status);
ENDPOINT(get_history);
ENDPOINT(get_history_since);
ENDPOINT(get_history_of);
ENDPOINT(get_commands);
ENDPOINT(get_command);
ENDPOINT(post_command);
ENDPOINT(delete_command);
#undef ENDPOINT

#endif
