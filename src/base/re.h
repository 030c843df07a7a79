/* base/re.h — regular expressions with limits (PCRE2: UTF, UCP, caseless, unanchored).
 *
 * Patterns come from users: at most 1,000 bytes, 50 nested parentheses, no \C. A match spends at
 * most 100,000 steps; one that needs more is RE_TOO_EXPENSIVE, which counts as no match and
 * deserves a warning. The JIT is used where the system allows it (systemd's MemoryDenyWriteExecute
 * does not). */
#ifndef SPL_BASE_RE_H
#define SPL_BASE_RE_H

#include "base/err.h"

struct re;
enum re_result { RE_MATCH, RE_NO_MATCH, RE_TOO_EXPENSIVE };

/* On failure *ret_offset is the byte in `pattern` where it went wrong (may be NULL). */
MUST_CHECK bool re_new(const char *pattern, struct re **ret, size_t *ret_offset, struct err *e);
struct re *re_free(struct re *re); /* takes NULL, returns NULL */
void re_freep(struct re **re);

enum re_result re_match(const struct re *re, const char *subject);

/* Shell patterns over whole strings: * ? [abc] [!abc], caseless. */
MUST_CHECK bool re_glob(const char *pattern, struct re **ret, struct err *e);

#endif
