/* web/status.c — a status copied into an arena, so that it may cross to the other thread. */
#include "web/status.h"

#include "base/arena.h"
#include "base/mem.h"

static struct web_sample copy_sample(const struct web_sample *from, struct arena *arena)
{
    struct web_sample s = *from;
    for (size_t i = 0; i < WEB_LABELS; i++)
        s.labels[i] = arena_strdup(arena, from->labels[i]);
    return s;
}

static struct published *copy(const struct web_status *is, const uint8_t key[static SHA256_BYTES])
{
    struct published *s = NEW(struct published);
    s->arena = arena_new();
    s->is.not_ready = arena_strdup(s->arena, is->not_ready);
    struct web_sample *samples = ARENA_ARRAY(s->arena, struct web_sample, is->n_samples);
    for (size_t i = 0; i < is->n_samples; i++)
        samples[i] = copy_sample(&is->samples[i], s->arena);
    s->is.samples = samples;
    s->is.n_samples = is->n_samples;
    doors_copy(is->doors, is->n_doors, key, s->arena, &s->doors);
    return s;
}

struct published *status_copy(const struct web_status *is, const uint8_t key[static SHA256_BYTES])
{
    if (is->n_samples > STATUS_SAMPLES || is->n_doors > STATUS_DOORS)
        return NULL;
    struct published *s = copy(is, key);
    if (status_bytes(s) <= STATUS_BYTES)
        return s;
    status_free(s);
    return NULL;
}

size_t status_bytes(const struct published *s)
{
    return arena_bytes(s->arena);
}

void status_free(void *status)
{
    struct published *s = status;
    if (s)
        arena_free(s->arena);
    mem_free(s);
}
