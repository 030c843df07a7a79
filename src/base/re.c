/* base/re.c — PCRE2 behind limits. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/re.h"

#include <pcre2.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

enum { PATTERN_MAX = 1000, PARENS_MAX = 50, MATCH_LIMIT = 100000 };

struct re {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

static const uint32_t options =
    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_INVALID_UTF;

static pcre2_code *compile(const char *pattern, int *ret_code, size_t *ret_offset)
{
    pcre2_compile_context *ctx = pcre2_compile_context_create(NULL);
    pcre2_set_max_pattern_length(ctx, PATTERN_MAX);
    pcre2_set_parens_nest_limit(ctx, PARENS_MAX);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, ret_code,
                                     ret_offset, ctx);
    pcre2_compile_context_free(ctx);
    return code;
}

bool re_new(const char *pattern, struct re **ret, size_t *ret_offset, struct err *e)
{
    int code;
    size_t offset = 0;
    pcre2_code *compiled = compile(pattern, &code, &offset);
    if (!compiled) {
        PCRE2_UCHAR why[200];
        pcre2_get_error_message(code, why, sizeof why);
        if (ret_offset)
            *ret_offset = MIN(offset, strlen(pattern));
        return err_set(e, ERR_CONFIG, "%s", (const char *)why);
    }
    pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE); /* optional: without it the interpreter runs */
    struct re *re = NEW(struct re);
    re->code = compiled;
    re->match = pcre2_match_data_create_from_pattern(compiled, NULL);
    re->limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(re->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(re->limits, MATCH_LIMIT);
    *ret = re;
    return true;
}

struct re *re_free(struct re *re)
{
    if (!re)
        return NULL;
    pcre2_match_context_free(re->limits);
    pcre2_match_data_free(re->match);
    pcre2_code_free(re->code);
    mem_free(re);
    return NULL;
}

void re_freep(struct re **re)
{
    *re = re_free(*re);
}

enum re_result re_match(const struct re *re, const char *subject)
{
    int n =
        pcre2_match(re->code, (PCRE2_SPTR)subject, strlen(subject), 0, 0, re->match, re->limits);
    if (n >= 0)
        return RE_MATCH;
    return n == PCRE2_ERROR_NOMATCH ? RE_NO_MATCH : RE_TOO_EXPENSIVE;
}

bool re_glob(const char *pattern, struct re **ret, struct err *e)
{
    PCRE2_UCHAR *regex = NULL;
    size_t n = 0;
    pcre2_convert_context *ctx = pcre2_convert_context_create(NULL);
    pcre2_set_glob_separator(ctx, '/');
    pcre2_set_glob_escape(ctx, '\\');
    int code = pcre2_pattern_convert((PCRE2_SPTR)pattern, strlen(pattern),
                                     PCRE2_CONVERT_GLOB | PCRE2_CONVERT_GLOB_NO_WILD_SEPARATOR |
                                         PCRE2_CONVERT_GLOB_NO_STARSTAR | PCRE2_CONVERT_UTF,
                                     &regex, &n, ctx);
    pcre2_convert_context_free(ctx);
    if (code) {
        PCRE2_UCHAR why[200];
        pcre2_get_error_message(code, why, sizeof why);
        return err_set(e, ERR_CONFIG, "%s", (const char *)why);
    }
    bool ok = re_new((const char *)regex, ret, NULL, e);
    pcre2_converted_pattern_free(regex);
    return ok;
}
