/* cli/cmd_daemon.c — leaves Splintarr running: puts store, network, engine and web together, tells
 * systemd, and takes everything apart again on SIGTERM. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/rng.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/publish.h"
#include "cli/remote.h"
#include "cli/settings.h"
#include "cli/version.h"
#include "engine/daemon.h"
#include "http/client.h"
#include "loop/systemd.h"

enum { LOCK_RETRY_MS = 500, TOKEN_MAX = 4096 };

struct parts {
    struct cli *cli;
    struct loop *loop;
    struct store *store;
    struct secrets *secrets;
    struct transport *transport;
    struct secret metrics_token;
    struct mailbox *hooks; /* from the web */
    const char *public_urls[1];
    struct web_setup web_setup; /* borrowed by the web as long as it runs */
    struct web *web;
    struct publisher *publisher;
    struct daemon *daemon;
    struct watchdog *watchdog;
};

static void parts_done(struct parts *p)
{
    watchdog_free(p->watchdog);
    p->daemon = daemon_free(p->daemon);
    publisher_free(p->publisher);
    web_stop(p->web);
    mailbox_free(p->hooks);
    http_client_free(p->transport);
    loop_free(p->loop);
    secrets_free(p->secrets);
    store_close(p->store);
    secret_done(&p->metrics_token);
}

/* ---- the state ---- */

/* Two daemons on one state are a mistake; a command that holds the lock is done in a moment. */
static bool refuse_second(const struct cli *c, struct err *e)
{
    CLEANUP(remote_closep) struct remote *other = NULL;
    if (!remote_open(c, &other, e))
        return false;
    return !other || err_set(e, ERR_CONFLICT, "a daemon runs already, on '%s'", c->set.socket);
}

static void stop(void *ctx)
{
    loop_stop(ctx);
}

/* On the loop, so that a signal ends the waiting. */
static bool wait_a_moment(struct parts *p, struct err *e)
{
    struct timer *t = loop_after(p->loop, LOCK_RETRY_MS, stop, p->loop);
    bool ok = loop_run(p->loop, e);
    if (!ok || !loop_signal(p->loop))
        return ok;
    timer_stop(t);
    return err_set(e, ERR_INTERRUPTED, "interrupted while waiting for the state's lock");
}

static bool open_store(struct parts *p, struct err *e)
{
    enum store_found found;
    bool has_said = false;
    while (!cli_store(p->cli, STORE_CREATE, &p->store, &found, e)) {
        if (e->code != ERR_CONFLICT)
            return false;
        if (!has_said)
            log_warning("state_locked", KV("message", e->msg), KV("remedy", "waiting for it"));
        has_said = true;
        if (!wait_a_moment(p, e) || !refuse_second(p->cli, e))
            return false;
    }
    return true;
}

/* ---- the network ---- */

static bool read_token(struct parts *p, struct err *e)
{
    const char *path =
        setting_given(p->cli->given, "metrics-token-file", "SPLINTARR_METRICS_TOKEN_FILE");
    CLEANUP(buf_done) struct buf b = {0};
    if (!path)
        return true;
    if (!file_read(path, TOKEN_MAX, &b, e))
        return err_in(e, "--metrics-token-file");
    size_t n = strcspn(b.at, "\r\n");
    secret_set(&p->metrics_token, b.at, n);
    explicit_bzero(b.at, b.n);
    return n > 0 || err_set(e, ERR_USAGE, "--metrics-token-file '%s' is empty", path);
}

static bool start_web(struct parts *p, struct err *e)
{
    const struct cli *c = p->cli;
    const char *listen = setting_given(c->given, "listen", "SPLINTARR_LISTEN");
    if (str_eq(listen, "off"))
        return true;
    p->public_urls[0] = setting_given(c->given, "public-url", "SPLINTARR_PUBLIC_URL");
    p->web_setup = (struct web_setup){
        .listen = listen ? listen : "127.0.0.1:7337",
        .store = {.dir = c->set.state, .key_file = c->set.key_file, .clock = c->clock},
        .version = version_text(),
        .hooks = p->hooks,
        .metrics_token = p->metrics_token.n ? &p->metrics_token : NULL,
        .public_urls = p->public_urls,
        .n_public_urls = p->public_urls[0] != NULL,
    };
    if (!web_start(&p->web_setup, &p->web, e))
        return err_in(e, "--listen ADDR:PORT names another address, --listen off none");
    log_info("web_listening", KV("address", p->web_setup.listen), KV("port", web_port(p->web)));
    return true;
}

/* ---- webhooks, in the engine's thread ---- */

_Static_assert((int)WEB_HOOK_BYTES <= (int)ARR_HOOK_BYTES, "what the web lets in can be read");

static void on_hook(void *ctx, struct message *m)
{
    struct parts *p = ctx;
    const struct web_hook *h = m->body;
    daemon_heard(p->daemon, h->instance, h->body, h->n_body);
}

/* ---- together ---- */

static void on_change(void *ctx)
{
    struct parts *p = ctx;
    publisher_changed(p->publisher);
}

static void on_hangup(void *ctx)
{
    struct parts *p = ctx;
    if (!p->daemon)
        return; /* not begun yet: everything is about to be read anyway */
    log_info("reloading", KV("reason", "SIGHUP"));
    systemd_tell_reloading(p->cli->clock);
    daemon_reload(p->daemon);
    systemd_tell("READY=1");
}

/* Signals are caught before the first thread exists. */
static bool put_together(struct parts *p, struct err *e)
{
    struct cli *c = p->cli;
    uint64_t seed;
    p->loop = loop_new(c->clock);
    p->hooks = mailbox_new();
    if (!loop_catch_signals(p->loop, e) || !loop_catch_hangup(p->loop, on_hangup, p, e) ||
        !refuse_second(c, e) || !open_store(p, e) || !read_token(p, e) || !start_web(p, e) ||
        !http_client_new(p->loop, "Splintarr", &p->transport, e) ||
        !rng_bytes(&seed, sizeof seed, e))
        return false;
    p->secrets = cli_secrets(c, p->store, c->set.config);
    p->publisher = publisher_new(p->loop, p->store, p->secrets, p->web);
    const struct daemon_setup setup = {
        .loop = p->loop,
        .clock = c->clock,
        .store = p->store,
        .transport = p->transport,
        .secrets = p->secrets,
        .root = c->set.config,
        .socket = c->set.socket,
        .seed = seed >> 1, /* kept in a signed column */
        .on_change = on_change,
        .ctx = p,
    };
    if (!daemon_new(&setup, &p->daemon, e))
        return false;
    mailbox_listen(p->hooks, p->loop, on_hook, p);
    publisher_start(p->publisher, p->daemon);
    return true;
}

/* Commands look for the socket in the state directory. */
static void leave_a_trail(const struct cli *c)
{
    CLEANUP(freep) char *usual = mem_printf("%s/control.sock", c->set.state);
    if (str_eq(usual, c->set.socket))
        return;
    unlink(usual);
    if (symlink(c->set.socket, usual) < 0)
        log_warning("socket_trail", KV("path", usual),
                    KV("remedy", "commands need --socket to reach the daemon"));
}

static int run(struct cli *c)
{
    CLEANUP(parts_done) struct parts p = {.cli = c};
    struct err e = {0};
    if (!put_together(&p, &e))
        return cli_fail(c, &e);
    leave_a_trail(c);
    p.watchdog = watchdog_new(p.loop);
    systemd_tell("READY=1");
    log_info("started", KV("version", version_text()), KV("root", c->set.config),
             KV("state", c->set.state), KV("socket", c->set.socket));
    if (!loop_run(p.loop, &e))
        return cli_fail(c, &e);
    systemd_tell("STOPPING=1");
    log_info("stopping", KV("signal", loop_signal(p.loop)));
    return CLI_OK;
}

/* clang-format off */
static const struct flag flags[] = {
    {"listen",             0, FLAG_VALUE, "ADDR:PORT", "of the web; off: none (SPLINTARR_LISTEN, 127.0.0.1:7337)"},
    {"public-url",         0, FLAG_VALUE, "URL",       "under which people reach the web (SPLINTARR_PUBLIC_URL)"},
    {"metrics-token-file", 0, FLAG_VALUE, "FILE",      "bearer token for /metrics from elsewhere (SPLINTARR_METRICS_TOKEN_FILE)"},
    {0},
};
/* clang-format on */

const struct command cmd_daemon = {
    .name = "daemon",
    .usage = "daemon",
    .doc = "keep running: apply the tree when it changes, search on schedule, serve the web",
    .help =
        "Runs what was applied last at once, then keeps state and tree the same. An invalid tree\n"
        "changes nothing; a plan that removes suspiciously much waits for a person. SIGHUP reads\n"
        "everything anew; SIGTERM ends it cleanly. Logs go to standard error.\n"
        "\n"
        "Other commands find it by its control socket: apply, run, pause, resume, secret and\n"
        "rollback then work through it; reading ones open the state themselves.",
    .examples = "  splintarr daemon -C /etc/splintarr\n"
                "  splintarr daemon --listen 0.0.0.0:7337  so that Sonarr on another machine can "
                "send webhooks",
    .flags = flags,
    .max_args = 0,
    .is_daemon = true,
    .run = run,
};
