/* scenario/script.c — reading a scenario into steps, and playing them one by one. */
#include "scenario/script.h"

#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"

/* The next word of *p, in place; NULL at the end of the line or at a comment. */
static const char *next_word(char **p)
{
    while (isspace((unsigned char)**p))
        (*p)++;
    if (!**p || **p == '#')
        return NULL;
    bool is_quoted = **p == '"';
    char *word = is_quoted ? ++*p : *p;
    while (**p && (is_quoted ? **p != '"' : !isspace((unsigned char)**p)))
        (*p)++;
    if (**p)
        *(*p)++ = '\0';
    return word;
}

static bool add_line(struct script *s, char *line, int number, struct arena *arena, struct err *e)
{
    char *p = line;
    while (isspace((unsigned char)*p))
        p++;
    if (*p == '|') {
        if (!s->steps.n)
            return err_set(e, ERR_CONFIG, "%s:%d: a block belongs to a step above it", s->file,
                           number);
        struct step *last = &s->steps.at[s->steps.n - 1];
        last->block = arena_printf(arena, "%s%s\n", last->block ? last->block : "",
                                   p[1] == ' ' ? p + 2 : p + 1);
        return true;
    }
    struct step step = {.line = number};
    const char *word;
    while ((word = next_word(&p))) {
        if (step.n == WORDS_MAX)
            return err_set(e, ERR_CONFIG, "%s:%d: too many words", s->file, number);
        step.words[step.n++] = word;
    }
    if (step.n && str_eq(step.words[0], "scenario"))
        s->title = step.n > 1 ? step.words[1] : s->file;
    else if (step.n)
        vec_push(&s->steps, step);
    return true;
}

bool script_read(const char *path, struct arena *arena, struct script *ret, struct err *e)
{
    enum { SCRIPT_MAX = 256 * 1024 };
    CLEANUP(buf_done) struct buf text = {0};
    if (!file_read(path, SCRIPT_MAX, &text, e))
        return false;
    *ret = (struct script){.file = path, .title = path};
    char *copy = arena_strdup(arena, text.at), *line;
    for (int number = 1; (line = strsep(&copy, "\n")); number++)
        if (!add_line(ret, line, number, arena, e))
            return false;
    return true;
}

void script_done(struct script *s)
{
    vec_done(&s->steps);
}

void play_done(struct play *p)
{
    vec_done(&p->limits);
    stage_strike(&p->stage);
}

bool script_play(const struct script *s, uint64_t seed, struct err *e)
{
    CLEANUP(play_done) struct play p = {.cooldown = HOURS(6)};
    if (!stage_set(&p.stage, seed, e))
        return false;
    for (size_t i = 0; i < s->steps.n; i++)
        if (!play_step(&p, &s->steps.at[i], e))
            return err_in(e, "%s:%d", s->file, s->steps.at[i].line);
    return play_end(&p, e) || err_in(e, "%s", s->file);
}
