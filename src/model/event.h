/* model/event.h — the names of event.def. */
#ifndef SPL_MODEL_EVENT_H
#define SPL_MODEL_EVENT_H

enum event {
#define EVENT(name, level, when) EVENT_##name,
#include "model/event.def"
#undef EVENT
    EVENT_N
};
extern const char *const event_names[EVENT_N + 1];

#endif
