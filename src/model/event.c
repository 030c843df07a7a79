/* model/event.c — the names of event.def. */
#include "model/event.h"

#define EVENT(name, level, when) #name,
const char *const event_names[EVENT_N + 1] = {
#include "model/event.def"
};
#undef EVENT
