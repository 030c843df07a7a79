/* arr/answer.h — what an answer means: the one place that classifies them and writes the sentence
 * a user reads beside the instance's name: "what is wrong; what to do". */
#ifndef SPL_ARR_ANSWER_H
#define SPL_ARR_ANSWER_H

#include <jansson.h>

#include "arr/arr.h"

struct answer_to {
    const char *app;            /* "Sonarr" */
    const char *url;            /* the instance's */
    bool is_list;               /* the body was streamed */
    const struct err *list_err; /* code ERR_NONE: the list was read to its end */
};

/* *ret_body: the JSON of an answer that is no list, when all is well; caller owns. */
void answer_read(const struct answer_to *to, const struct http_reply *reply, struct arr_result *ret,
                 json_t **ret_body);

/* For what only the reader of a body can see. */
void answer_bad(struct arr_result *r, enum arr_trouble trouble, const char *fmt, ...) PRINTF(3, 4);

/* The first line of a server's text with everything that may be a key masked: values in URL
 * queries, user information in URLs, long runs of letters and digits. Cut to fit. */
void answer_redact(const char *text, size_t n_ret, char *ret);

#endif
