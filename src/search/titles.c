/* search/titles.c — an open-addressing hash set over folded titles. */
#include "search/titles.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/re.h"
#include "base/str.h"
#include "base/vec.h"
#include "search/fold.h"

/* A title that ASCII folding cannot compare. Folding keeps the number of characters, so most are
 * told apart without trying the pattern. */
struct folded {
    struct re *re;
    size_t n_characters;
};

struct titles {
    char **slots; /* power of two; NULL: free */
    size_t n_slots, n;
    VEC(struct folded) patterns;
};

struct titles *titles_new(void)
{
    enum { FIRST = 64 };
    struct titles *t = NEW(struct titles);
    t->n_slots = FIRST;
    t->slots = mem_zeroed(FIRST * sizeof *t->slots);
    return t;
}

struct titles *titles_free(struct titles *t)
{
    if (!t)
        return NULL;
    for (size_t i = 0; i < t->n_slots; i++)
        mem_free(t->slots[i]);
    for (size_t i = 0; i < t->patterns.n; i++)
        re_free(t->patterns.at[i].re);
    vec_done(&t->patterns);
    mem_free(t->slots);
    mem_free(t);
    return NULL;
}

/* FNV-1a over the folded bytes. */
static uint64_t hash_folded(const char *s)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (; *s; s++)
        h = (h ^ (unsigned char)tolower((unsigned char)*s)) * 0x100000001B3u;
    return h;
}

static char **slot_of(char **slots, size_t n_slots, const char *title)
{
    size_t i = hash_folded(title) & (n_slots - 1);
    while (slots[i] && strcasecmp(slots[i], title) != 0)
        i = (i + 1) & (n_slots - 1);
    return &slots[i];
}

static void grow(struct titles *t)
{
    size_t n_slots = t->n_slots * 2;
    char **slots = mem_zeroed(n_slots * sizeof *slots);
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slots[i])
            *slot_of(slots, n_slots, t->slots[i]) = t->slots[i];
    mem_free(t->slots);
    t->slots = slots;
    t->n_slots = n_slots;
}

void titles_add(struct titles *t, const char *title)
{
    if (t->n * 2 >= t->n_slots)
        grow(t);
    char **slot = slot_of(t->slots, t->n_slots, title);
    if (*slot)
        return;
    *slot = mem_strdup(title);
    t->n++;
    struct re *pattern = fold_new(title);
    if (pattern)
        vec_push(&t->patterns, (struct folded){pattern, str_columns(title, strlen(title))});
}

void titles_add_file(struct titles *t, const char *text)
{
    CLEANUP(freep) char *copy = mem_strdup(str_starts(text, "\xEF\xBB\xBF") ? text + 3 : text);
    char *rest = copy, *line;
    while ((line = strsep(&rest, "\n"))) {
        line += strspn(line, " \t\r");
        size_t n = strlen(line);
        while (n && isspace((unsigned char)line[n - 1]))
            line[--n] = '\0';
        if (n && line[0] != '#')
            titles_add(t, line);
    }
}

bool titles_has(const struct titles *t, const char *title)
{
    if (*slot_of(t->slots, t->n_slots, title))
        return true;
    size_t n_characters = str_columns(title, strlen(title));
    for (size_t i = 0; i < t->patterns.n; i++)
        if (t->patterns.at[i].n_characters == n_characters &&
            re_match(t->patterns.at[i].re, title) == RE_MATCH)
            return true;
    return false;
}
