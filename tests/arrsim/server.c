/* arrsim/server.c — the simulator as a program: one world, several servers on loopback ports, until
 * SIGTERM or SIGINT. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arrsim/http_server.h"
#include "base/file.h"
#include "base/str.h"

static const char usage[] =
    "usage: arrsim --sonarr PORT[:old|modern[:KEY[:/BASE]]] --radarr PORT[...] ...\n"
    "  --world demo|edges|lab|none   what the libraries hold (default demo)\n"
    "  --world big:S:E:M             S series of E episodes, M movies\n"
    "  --world wanted:M:U            M missing and U upgradable items each\n"
    "  --seed N  --speed N           the world's chance; its clock against ours (default 1, 1)\n"
    "  --rates N                     releases appear N times as often as usual\n"
    "  --behave NAME=on|off          a behaviour of tests/arrsim/behave.def, on all servers\n"
    "  --ready-file FILE             written when all listen: one line APP URL KEY per server\n"
    "Port 0 picks a free one. Control and truth: /_sim/ on each port (tests/arrsim/control.h).\n";

enum { SERVERS_MAX = 64, BEHAVES_MAX = 64 };

struct options {
    const char *servers[SERVERS_MAX], *behaves[BEHAVES_MAX];
    enum sim_app apps[SERVERS_MAX];
    int n_servers, n_behaves;
    const char *world, *ready_file;
    int64_t seed, speed, rates;
};

static NORETURN void die(const char *what, const char *value)
{
    fprintf(stderr, "arrsim: %s '%s'\n%s", what, value, usage);
    exit(2);
}

static void read_number(const char *name, const char *value, int64_t *ret)
{
    if (!str_int(value, ret) || *ret < 0)
        die(name, value);
}

static void read_option(struct options *o, const char *name, const char *value)
{
    if (str_eq(name, "--sonarr") || str_eq(name, "--radarr")) {
        if (o->n_servers == SERVERS_MAX)
            die("too many servers at", value);
        o->apps[o->n_servers] = str_eq(name, "--sonarr") ? SIM_SONARR : SIM_RADARR;
        o->servers[o->n_servers++] = value;
    } else if (str_eq(name, "--behave") && o->n_behaves < BEHAVES_MAX)
        o->behaves[o->n_behaves++] = value;
    else if (str_eq(name, "--world"))
        o->world = value;
    else if (str_eq(name, "--ready-file"))
        o->ready_file = value;
    else if (str_eq(name, "--seed"))
        read_number(name, value, &o->seed);
    else if (str_eq(name, "--speed"))
        read_number(name, value, &o->speed);
    else if (str_eq(name, "--rates"))
        read_number(name, value, &o->rates);
    else
        die("unknown option", name);
}

static struct options read_options(int argc, char **argv)
{
    struct options o = {.world = "demo", .seed = 1, .speed = 1, .rates = 1};
    for (int i = 1; i < argc; i += 2) {
        if (str_eq(argv[i], "--help")) {
            fputs(usage, stdout);
            exit(0);
        }
        if (i + 1 == argc)
            die("no value for", argv[i]);
        read_option(&o, argv[i], argv[i + 1]);
    }
    if (!o.n_servers)
        die("no server: give", "--sonarr PORT");
    return o;
}

/* ---- the world ---- */

/* "demo" or "big:10:20:30": the name, and up to three numbers. */
static void fill(struct sim *s, enum sim_app app, const char *world)
{
    int a = 0, b = 0, c = 0;
    if (str_eq(world, "demo"))
        sim_fill_demo(s);
    else if (str_eq(world, "edges"))
        sim_fill_edges(s);
    else if (str_eq(world, "lab"))
        sim_fill_lab(s);
    else if (sscanf(world, "big:%d:%d:%d", &a, &b, &c) == 3)
        sim_fill_big(s, app == SIM_SONARR ? a : c, b);
    else if (sscanf(world, "wanted:%d:%d", &a, &b) == 2)
        sim_fill_wanted(s, a, b);
    else if (!str_eq(world, "none"))
        die("unknown world", world);
}

/* Cuts "PORT:profile:KEY:/BASE" at its colons; what is missing is "". */
static void cut(char *text, char *parts[static 4])
{
    for (int i = 0; i < 4; i++) {
        char *colon = i < 3 ? strchr(text, ':') : NULL;
        parts[i] = text;
        if (colon)
            *colon = '\0';
        text = colon ? colon + 1 : text + strlen(text);
    }
}

static void add_server(struct world *w, const struct options *o, int i, int *ret_port)
{
    CLEANUP(freep) char *text = mem_strdup(o->servers[i]);
    char *parts[4], name[32];
    int64_t port;
    cut(text, parts);
    if (!str_int(parts[0], &port) || port < 0 || port > 65535)
        die("not a port:", o->servers[i]);
    if (*parts[1] && !str_eq(parts[1], "old") && !str_eq(parts[1], "modern"))
        die("neither old nor modern:", o->servers[i]);
    snprintf(name, sizeof name, "%s%d", o->apps[i] == SIM_SONARR ? "sonarr" : "radarr", i + 1);
    struct sim *s = world_add(w, name, o->apps[i], str_eq(parts[1], "old") ? SIM_OLD : SIM_MODERN);
    if (*parts[2])
        sim_set_key(s, parts[2]);
    sim_set_base(s, parts[3]);
    fill(s, o->apps[i], o->world);
    *ret_port = (int)port;
}

static void apply_behaviours(struct world *w, const struct options *o)
{
    for (int i = 0; i < o->n_behaves; i++) {
        CLEANUP(freep) char *name = mem_strdup(o->behaves[i]);
        char *equals = strchr(name, '=');
        bool on = !equals || !str_eq(equals + 1, "off");
        if (equals)
            *equals = '\0';
        if (!world_behave(w, name, on))
            die("no such behaviour:", o->behaves[i]);
    }
}

static void set_rates(struct world *w, int64_t times)
{
    struct sim_rates r = sim_rates_usual;
    for (size_t i = 0; i < COUNT(r.per_day); i++)
        r.per_day[i] *= (double)times;
    world_set_rates(w, &r);
}

/* ---- running ---- */

/* Everything is built before the first thread may look at it. */
static void build(struct world *w, const struct options *o, int ret_ports[])
{
    for (int i = 0; i < o->n_servers; i++)
        add_server(w, o, i, &ret_ports[i]);
    apply_behaviours(w, o);
}

static bool listen_all(struct world *w, const struct options *o, struct world_lock *lock,
                       const int ports[], struct http_server *servers[], struct err *e)
{
    CLEANUP(buf_done) struct buf ready;
    buf_init(&ready, BUF_TEXT);
    for (int i = 0; i < o->n_servers; i++) {
        struct sim *s = world_sim_at(w, (size_t)i);
        if (!http_server_new(s, lock, ports[i], &servers[i], e))
            return false;
        buf_printf(&ready, "%s http://127.0.0.1:%d%s %s\n",
                   o->apps[i] == SIM_SONARR ? "sonarr" : "radarr", http_server_port(servers[i]),
                   sim_base(s), sim_key(s));
    }
    fputs(ready.at, stdout);
    fflush(stdout);
    return !o->ready_file || file_write_atomic(o->ready_file, ready.at, ready.n, 0600, e);
}

int main(int argc, char **argv)
{
    struct options o = read_options(argc, argv);
    struct http_server *servers[SERVERS_MAX] = {0};
    struct err e;
    sigset_t ends;
    int got;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL); /* before the first thread */
    signal(SIGPIPE, SIG_IGN);

    struct world *w = world_new(&clock_system, (uint64_t)o.seed);
    struct world_lock *lock = world_lock_new();
    set_rates(w, o.rates);
    world_set_speed(w, (double)o.speed);
    int ports[SERVERS_MAX];
    build(w, &o, ports);
    bool ok = listen_all(w, &o, lock, ports, servers, &e);
    if (ok)
        sigwait(&ends, &got);
    else
        fprintf(stderr, "arrsim: %s\n", e.msg);
    for (int i = 0; i < o.n_servers; i++)
        http_server_free(servers[i]);
    world_lock_free(lock);
    world_free(w);
    return ok ? 0 : 1;
}
