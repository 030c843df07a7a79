/* base/log.h — one line per fact, on standard error: a stable name from the event catalogue, then
 * typed pairs. `log_info("search_completed", KV("instance", name), KV("grabbed", n));`
 *
 * error: someone must act. warning: worked around, and the text says how. info: what a curious
 * owner wants. debug: the rest. A line is written with one write(2). Secrets never reach a pair:
 * their values have no printable type. As a second net, values registered with log_redact (8 bytes
 * or longer) are replaced by *** wherever they appear. */
#ifndef SPL_BASE_LOG_H
#define SPL_BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };
enum log_format { LOG_TEXT, LOG_JSON };

struct log_pair {
    const char *key;
    enum { LOG_STR, LOG_INT, LOG_BOOL, LOG_REAL } type;
    union {
        const char *str;
        int64_t num;
        bool flag;
        double real;
    };
};

static inline struct log_pair log_str(const char *key, const char *v)
{
    return (struct log_pair){.key = key, .type = LOG_STR, .str = v ? v : ""};
}
static inline struct log_pair log_num(const char *key, int64_t v)
{
    return (struct log_pair){.key = key, .type = LOG_INT, .num = v};
}
static inline struct log_pair log_bool(const char *key, bool v)
{
    return (struct log_pair){.key = key, .type = LOG_BOOL, .flag = v};
}
static inline struct log_pair log_real(const char *key, double v)
{
    return (struct log_pair){.key = key, .type = LOG_REAL, .real = v};
}

#define KV(key, v)                                                                                 \
    _Generic((v),                                                                                  \
        char *: log_str,                                                                           \
        const char *: log_str,                                                                     \
        bool: log_bool,                                                                            \
        float: log_real,                                                                           \
        double: log_real,                                                                          \
        default: log_num)((key), (v))

void log_setup(enum log_level least, enum log_format format, const struct clock *clock);
void log_redact(const char *value); /* copied, wiped at exit; shorter than 8 bytes is ignored */
void log_write(enum log_level level, const char *name, size_t n, const struct log_pair pairs[]);

#define log_line_(level, name, ...)                                                                \
    log_write((level), (name),                                                                     \
              sizeof((const struct log_pair[]){{0}, ##__VA_ARGS__}) / sizeof(struct log_pair) - 1, \
              (const struct log_pair[]){{0}, ##__VA_ARGS__} + 1)
#define log_debug(name, ...) log_line_(LOG_DEBUG, name, ##__VA_ARGS__)
#define log_info(name, ...) log_line_(LOG_INFO, name, ##__VA_ARGS__)
#define log_warning(name, ...) log_line_(LOG_WARNING, name, ##__VA_ARGS__)
#define log_error(name, ...) log_line_(LOG_ERROR, name, ##__VA_ARGS__)

/* Replaces every registered value in `text` by as many asterisks, in place. */
void log_redact_text(char *text);

#endif
