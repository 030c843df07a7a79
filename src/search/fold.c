/* search/fold.c — case folding by way of PCRE2, only for texts that need it. */
#include "search/fold.h"

#include <string.h>

#include "base/mem.h"
#include "base/re.h"
#include "base/str.h"

static bool is_ascii(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s >= 0x80)
            return false;
    return true;
}

/* A text that holds \E itself cannot be quoted; its bytes are compared only. */
struct re *fold_new(const char *text)
{
    if (is_ascii(text) || strstr(text, "\\E"))
        return NULL;
    CLEANUP(freep) char *pattern = mem_printf("^\\Q%s\\E\\z", text);
    struct re *re;
    struct err e;
    return re_new(pattern, &re, NULL, &e) ? re : NULL;
}

bool fold_eq(const char *a, const char *b)
{
    if (str_case_eq(a, b) || is_ascii(a) || is_ascii(b))
        return str_case_eq(a, b);
    CLEANUP(re_freep) struct re *re = fold_new(a);
    return re && re_match(re, b) == RE_MATCH;
}
