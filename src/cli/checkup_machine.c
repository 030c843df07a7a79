/* cli/checkup_machine.c — kernel limits, the clock, time zones and certificates. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/checkup.h"
#include "model/when.h"
#include "plan/outlook.h"

enum { SMALL = 64, FIRST_SANE_YEAR = 2025 };

static int64_t read_number(const char *path)
{
    CLEANUP(buf_done) struct buf b = {0};
    struct err e;
    return file_read(path, SMALL, &b, &e) ? strtoll(b.at, NULL, 10) : -1;
}

static void look_at_inotify(const struct cli *c, struct checkup *ret)
{
    CLEANUP(outlook_done) struct outlook o = {0};
    int64_t most = read_number("/proc/sys/fs/inotify/max_user_watches");
    outlook_take(c->set.config, NULL, 0, &o);
    if (most < 0)
        checkup_say(ret, CHECK_WARN, "nothing: changes are found by polling",
                    "/proc/sys/fs/inotify cannot be read");
    else if ((int64_t)o.dirs.n > most)
        checkup_say(ret, CHECK_WARN, "sysctl fs.inotify.max_user_watches=65536",
                    "%zu directories to watch, and the kernel allows %lld", o.dirs.n,
                    (long long)most);
    else
        checkup_ok(ret, "%zu directories to watch, the kernel allows %lld", o.dirs.n,
                   (long long)most);
}

static void look_at_clock(const struct cli *c, struct checkup *ret)
{
    char now[UTC_TEXT];
    struct timex t = {0};
    int state = adjtimex(&t); /* asks only: no mode is set */
    utc_format(clock_utc(c->clock), now);
    if (strtol(now, NULL, 10) < FIRST_SANE_YEAR)
        checkup_say(ret, CHECK_FAIL, "set it: cooldowns and schedules go by it",
                    "the clock says %s", now);
    else if (state >= 0 && t.status & STA_UNSYNC)
        checkup_say(ret, CHECK_WARN, "run systemd-timesyncd, chrony or ntpd",
                    "%s; the kernel says that nothing keeps it right", now);
    else
        checkup_ok(ret, "%s", now);
}

static void look_at_zones(const struct cli *c UNUSED, struct checkup *ret)
{
    char zone[ZONE_NAME];
    if (zone_exists("Europe/Berlin"))
        checkup_ok(ret, "time zones are there; this machine's is %s", zone_system(zone));
    else
        checkup_say(ret, CHECK_WARN, "install tzdata",
                    "no time zones in " ZONE_DIR ": schedules know UTC only");
}

static void look_at_certificates(const struct cli *c UNUSED, struct checkup *ret)
{
    static const char *const places[] = {"/etc/ssl/certs/ca-certificates.crt",
                                         "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"};
    for (size_t i = 0; i < COUNT(places); i++)
        if (file_exists(places[i])) {
            checkup_ok(ret, "'%s'", places[i]);
            return;
        }
    checkup_say(ret, CHECK_WARN, "install ca-certificates",
                "no certificates of authorities: https servers cannot be verified");
}

const struct check machine_checks[] = {
    {"inotify", look_at_inotify},
    {"clock", look_at_clock},
    {"time zones", look_at_zones},
    {"certificates", look_at_certificates},
    {0},
};
