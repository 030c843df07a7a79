/* web/process.c — the standard process_* metrics, from /proc. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "web/samples.h"

enum { PROC_MAX = 4 * 1024 * 1024 };

struct stat_line { /* proc(5), /proc/PID/stat */
    uint64_t user_ticks, system_ticks, start_ticks, vsize;
    int64_t rss_pages;
};

/* Fields are counted after the name, which may hold anything, parentheses too. */
static bool read_stat(struct stat_line *ret)
{
    CLEANUP(buf_done) struct buf b = {0};
    struct err ignored;
    if (!file_read("/proc/self/stat", PROC_MAX, &b, &ignored))
        return false;
    const char *rest = strrchr(b.at, ')');
    return rest && sscanf(rest + 1,
                          " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64
                          " %*d %*d %*d %*d %*d %*d %" SCNu64 " %" SCNu64 " %" SCNd64,
                          &ret->user_ticks, &ret->system_ticks, &ret->start_ticks, &ret->vsize,
                          &ret->rss_pages) == 5;
}

static bool read_boot(double *ret)
{
    CLEANUP(buf_done) struct buf b = {0};
    struct err ignored;
    uint64_t seconds;
    if (!file_read("/proc/stat", PROC_MAX, &b, &ignored))
        return false;
    const char *line = strstr(b.at, "\nbtime ");
    if (!line || sscanf(line, " btime %" SCNu64, &seconds) != 1)
        return false;
    *ret = (double)seconds;
    return true;
}

static void closedirp(DIR **d)
{
    if (*d)
        closedir(*d);
}

static void sample_fds(struct samples *s)
{
    CLEANUP(closedirp) DIR *d = opendir("/proc/self/fd");
    struct rlimit limit;
    int n = 0;
    while (d && readdir(d))
        n++;
    if (d)
        SAMPLE(s, METRIC_OPEN_FDS, n - 3, NULL); /* ".", ".." and the directory itself */
    if (!getrlimit(RLIMIT_NOFILE, &limit))
        SAMPLE(s, METRIC_MAX_FDS, limit.rlim_cur, NULL);
}

void process_sample(struct samples *s)
{
    struct stat_line x;
    double boot, ticks = (double)sysconf(_SC_CLK_TCK);
    sample_fds(s);
    if (!read_stat(&x))
        return;
    SAMPLE(s, METRIC_CPU, (double)(x.user_ticks + x.system_ticks) / ticks, NULL);
    SAMPLE(s, METRIC_RSS, x.rss_pages * sysconf(_SC_PAGESIZE), NULL);
    SAMPLE(s, METRIC_VSIZE, x.vsize, NULL);
    if (read_boot(&boot))
        SAMPLE(s, METRIC_START, boot + (double)x.start_ticks / ticks, NULL);
}
