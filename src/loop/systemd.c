/* loop/systemd.c — the sd_notify protocol, as systemd's sd_notify(3) describes it. */
#include "loop/systemd.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"

/* A path, or an abstract name behind '@'. */
static bool address_of(const char *name, struct sockaddr_un *ret, socklen_t *ret_n)
{
    size_t n = strlen(name);
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    if ((name[0] != '/' && name[0] != '@') || n >= sizeof ret->sun_path)
        return false;
    memcpy(ret->sun_path, name, n);
    if (name[0] == '@')
        ret->sun_path[0] = '\0';
    *ret_n = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
    return true;
}

void systemd_tell(const char *message)
{
    const char *name = getenv("NOTIFY_SOCKET");
    struct sockaddr_un at;
    socklen_t n;
    if (!name || !address_of(name, &at, &n))
        return;
    CLEANUP(closep) int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && sendto(fd, message, strlen(message), MSG_NOSIGNAL | MSG_DONTWAIT,
                          (const struct sockaddr *)&at, n) < 0)
        return; /* the manager went away: there is nobody to tell */
}

void systemd_tell_reloading(const struct clock *clock)
{
    char message[80];
    snprintf(message, sizeof message, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
             clock_mono(clock) * 1000);
    systemd_tell(message);
}

/* ---- watchdog ---- */

struct watchdog {
    struct loop *loop;
    ms_t every;
    struct timer *timer;
};

static void bark(void *ctx)
{
    struct watchdog *w = ctx;
    systemd_tell("WATCHDOG=1");
    w->timer = loop_after(w->loop, w->every, bark, w);
}

static bool is_for_us(void)
{
    const char *pid = getenv("WATCHDOG_PID");
    return !pid || strtol(pid, NULL, 10) == getpid();
}

struct watchdog *watchdog_new(struct loop *l)
{
    const char *text = getenv("WATCHDOG_USEC");
    ms_t every = text ? strtoll(text, NULL, 10) / 2000 : 0;
    if (every <= 0 || !is_for_us())
        return NULL;
    struct watchdog *w = NEW(struct watchdog);
    *w = (struct watchdog){.loop = l, .every = every};
    bark(w);
    return w;
}

struct watchdog *watchdog_free(struct watchdog *w)
{
    if (!w)
        return NULL;
    timer_stop(w->timer);
    mem_free(w);
    return NULL;
}
