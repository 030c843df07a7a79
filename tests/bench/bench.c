/* bench/bench.c — what the library costs: first sync and selection of large libraries, by the real
 * engine against generated servers on a virtual clock. Prints one table; ratios and counts, few
 * absolute times. usage: bench [SERIES EPISODES-EACH MOVIES] */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/genserver.h"
#include "engine/engine.h"
#include "plan/plan.h"
#include "store/browse.h"

#include <jansson.h>

struct figures {
    double cpu_s, parse_s; /* of the sync and dry run; of a plain jansson parse of the title list */
    uint64_t requests, bytes, list_bytes, statements;
    long peak_kib, before_kib;
    int64_t considered;
    /* The next sync, two days later, when few series have changed. */
    uint64_t delta_requests, delta_bytes, delta_statements, delta_written;
    int64_t delta_changed, delta_refreshed;
    double delta_cpu_s;
};
enum { CHANGED = 20 };

static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* What this process handed to write(2), in bytes: the state's files. */
static uint64_t written(void)
{
    uint64_t n = 0;
    char line[128];
    FILE *f = fopen("/proc/self/io", "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "wchar: %" SCNu64, &n) == 1)
            break;
    if (f)
        fclose(f);
    return n;
}

static void must(bool ok, const struct err *e)
{
    if (ok)
        return;
    fprintf(stderr, "bench: %s\n", e->msg);
    exit(1);
}

static void on_event(void *ctx, enum event event, const json_t *fields)
{
    struct figures *f = ctx;
    if (event == EVENT_search_completed)
        f->considered = json_integer_value(json_object_get(fields, "considered"));
    if (event == EVENT_library_synced) {
        f->delta_changed = json_integer_value(json_object_get(fields, "changed"));
        f->delta_refreshed = json_integer_value(json_object_get(fields, "refreshed"));
    }
    if (event == EVENT_search_failed) {
        fprintf(stderr, "bench: %s\n", json_string_value(json_object_get(fields, "error")));
        exit(1);
    }
}

static void on_done(void *ctx, const struct run_totals *totals)
{
    *(struct run_totals *)ctx = *totals;
}

static struct config *config_of(enum app app, struct err *e)
{
    struct config *c = config_new();
    struct diags *diags = diags_new();
    char instance[300];
    snprintf(instance, sizeof instance,
             "{\"type\":\"%s\",\"url\":\"http://"
             "big.sim\",\"api_key\":{\"env\":\"BENCH_KEY\"},\"max_requests\":\"50/s\"}",
             app_names[app]);
    must(config_add_stored(c, KIND_INSTANCE, "big", instance, e), e);
    must(config_add_stored(c, KIND_QUEUE, "missing", "{\"instances\":[\"big\"],\"batch\":20}", e),
         e);
    if (!config_check(c, diags))
        must(err_set(e, ERR_CONFIG, "%s", diags_at(diags, 0)->message), e);
    diags_free(diags);
    return c;
}

static void measure_delta(struct engine *engine, struct loop *loop, struct virtual_clock *clock,
                          struct transport *server, const struct store *store, struct figures *f)
{
    struct err e = {0};
    struct run_totals totals;
    struct genserver_counts before = *genserver_counts(server);
    double cpu = cpu_seconds();
    uint64_t statements_before = store_statements(store), written_before = written();
    virtual_clock_advance(clock, DAYS(2));
    genserver_change(server, CHANGED);
    must(engine_run(engine, &(struct run_request){.is_dry = true}, on_done, &totals, &e) &&
             loop_run(loop, &e),
         &e);
    f->delta_cpu_s = cpu_seconds() - cpu;
    f->delta_statements = store_statements(store) - statements_before;
    f->delta_written = written() - written_before;
    f->delta_requests = genserver_counts(server)->requests - before.requests;
    f->delta_bytes = genserver_counts(server)->bytes - before.bytes;
}

/* The engine over a generated server, in this process. */
static void measure_engine(const struct genserver_setup *setup, const char *dir, struct figures *f)
{
    struct err e = {0};
    struct virtual_clock clock;
    struct run_totals totals;
    enum store_found found;
    struct store *store = NULL;
    virtual_clock_init(&clock, 1795435200000); /* 2026-11-23T12:00:00Z */
    struct loop *loop = loop_new_virtual(&clock);
    struct transport *server = genserver_new(loop, setup);
    must(store_open(&(struct store_setup){.dir = dir, .mode = STORE_CREATE, .clock = &clock.clock},
                    &store, &found, &e),
         &e);
    struct secrets *secrets =
        secrets_new(&(struct secrets_setup){.store = store, .root = dir, .state_dir = dir});
    struct config *config = config_of(setup->app, &e);
    struct engine *engine = engine_new(&(struct engine_setup){.loop = loop,
                                                              .store = store,
                                                              .transport = server,
                                                              .secrets = secrets,
                                                              .config = config,
                                                              .seed = 1,
                                                              .on_event = on_event,
                                                              .ctx = f});
    f->before_kib = rss_anon_kib();
    double before = cpu_seconds();
    must(engine_run(engine, &(struct run_request){.is_dry = true}, on_done, &totals, &e) &&
             loop_run(loop, &e),
         &e);
    f->cpu_s = cpu_seconds() - before;
    f->requests = genserver_counts(server)->requests;
    f->bytes = genserver_counts(server)->bytes;
    f->statements = store_statements(store);
    measure_delta(engine, loop, &clock, server, store, f);
    f->peak_kib = MAX(genserver_counts(server)->peak_anon_kib, rss_anon_kib());
    engine_free(engine);
    config_free(config);
    secrets_free(secrets);
    store_close(store);
    genserver_free(server);
    loop_free(loop);
}

struct reading {
    int64_t n;
    long peak_kib;
};

static bool count_item(void *ctx, const struct item *it UNUSED, const struct item_memory *m UNUSED)
{
    struct reading *r = ctx;
    if (r->n++ % 1000 == 0)
        r->peak_kib = MAX(r->peak_kib, rss_anon_kib());
    return true;
}

/* The whole library by name, as `get episodes` reads it. */
static void measure_browse(const struct genserver_setup *setup, const char *dir, struct figures *f)
{
    struct err e = {0};
    struct virtual_clock clock;
    enum store_found found;
    struct store *store = NULL;
    struct reading r = {0};
    virtual_clock_init(&clock, 1795435200000);
    must(store_open(&(struct store_setup){.dir = dir, .mode = STORE_READ, .clock = &clock.clock},
                    &store, &found, &e),
         &e);
    double before = cpu_seconds();
    must(items_each(store, "big", setup->app == APP_SONARR ? ITEM_EPISODE : ITEM_MOVIE, count_item,
                    &r, &e),
         &e);
    f->cpu_s = cpu_seconds() - before;
    f->considered = r.n;
    f->peak_kib = r.peak_kib;
    store_close(store);
}

static void measure_parse(const struct genserver_setup *setup, const char *dir, struct figures *f)
{
    char path[300];
    snprintf(path, sizeof path, "%s/list.json", dir);
    FILE *file = fopen(path, "w+e");
    must(file != NULL, &(struct err){.msg = "cannot write the list"});
    genserver_dump(setup, fileno(file));
    fseek(file, 0, SEEK_END);
    f->list_bytes = (uint64_t)ftell(file);
    rewind(file);
    double before = cpu_seconds();
    json_t *list = json_loadf(file, 0, NULL);
    json_decref(list);
    f->parse_s = cpu_seconds() - before;
    fclose(file);
}

/* Each measurement in a child of its own: memory of one does not show in the other. */
static struct figures in_child(void (*measure)(const struct genserver_setup *, const char *,
                                               struct figures *),
                               const struct genserver_setup *setup, const char *dir)
{
    struct figures f = {0};
    int fds[2], status;
    if (pipe(fds))
        exit(1);
    pid_t child = fork();
    if (child == 0) {
        measure(setup, dir, &f);
        _exit(write(fds[1], &f, sizeof f) == (ssize_t)sizeof f ? 0 : 1);
    }
    close(fds[1]);
    bool ok = read(fds[0], &f, sizeof f) == (ssize_t)sizeof f;
    close(fds[0]);
    waitpid(child, &status, 0);
    if (!ok || status)
        exit(1);
    return f;
}

static void row(const char *what, const struct genserver_setup *setup)
{
    char dir[] = "/tmp/splintarr-bench.XXXXXX";
    if (!mkdtemp(dir))
        exit(1);
    struct figures f = in_child(measure_engine, setup, dir);
    struct figures p = in_child(measure_parse, setup, dir);
    double mb = 1e6, of_all = (double)f.bytes / (double)p.list_bytes * p.parse_s;
    printf("%-34s %9" PRId64 " %9" PRIu64 " %8.1f %9" PRIu64 " %10.1f %10.1f %9.2f\n", what,
           f.considered, f.requests, (double)f.bytes / mb, f.statements, (double)f.peak_kib / 1024,
           (double)f.before_kib / 1024, of_all / f.cpu_s);
    printf("%-34s %9s %9" PRIu64 " %8.1f %9" PRIu64 "   changed %" PRId64 ", stale %" PRId64
           ", %.1f MB written, %.2f s CPU\n",
           "  the next sync, two days later", "", f.delta_requests, (double)f.delta_bytes / mb,
           f.delta_statements, f.delta_changed, f.delta_refreshed, (double)f.delta_written / mb,
           f.delta_cpu_s);
    struct figures b = in_child(measure_browse, setup, dir);
    printf("%-34s %9" PRId64 " %9s %8s %9s %10.1f   %.2f s CPU\n", "  listed by name", b.considered,
           "", "", "", (double)b.peak_kib / 1024, b.cpu_s);
    fflush(stdout);
    if (fork() == 0)
        execlp("rm", "rm", "-rf", dir, (char *)NULL);
    wait(NULL);
}

int main(int argc, char **argv)
{
    int n_series = argc > 3 ? (int)strtol(argv[1], NULL, 10) : 10000;
    int n_each = argc > 3 ? (int)strtol(argv[2], NULL, 10) : 25;
    int n_movies = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 100000;
    char series[64], movies[64];
    setenv("BENCH_KEY", "0123456789abcdef0123456789abcdef", 1);
    snprintf(series, sizeof series, "%d series, %d episodes", n_series, n_series * n_each);
    snprintf(movies, sizeof movies, "%d movies", n_movies);
    printf("%-34s %9s %9s %8s %9s %10s %10s %9s\n", "first sync and selection", "considered",
           "requests", "MB read", "SQL", "peak MiB", "before", "vs parse");
    row(series,
        &(struct genserver_setup){.app = APP_SONARR, .n_titles = n_series, .n_each = n_each});
    row(movies, &(struct genserver_setup){.app = APP_RADARR, .n_titles = n_movies, .n_each = 1});
    printf("peak MiB: highest RssAnon (aim: under 32). vs parse: CPU of a plain jansson parse of "
           "as many bytes,\n"
           "divided by ours with everything (splitting, SQL, encryption, selection); 1.00 is as "
           "fast.\n"
           "The next sync: %d series changed and ten stale ones are read again; aim: at most 50 "
           "requests and 20\nfor the stale ones.\n",
           CHANGED);
    return 0;
}
