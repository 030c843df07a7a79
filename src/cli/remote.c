/* cli/remote.c — the other end of the control socket. */
#include "cli/remote.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/jx.h"
#include "base/mem.h"
#include "engine/control.h"
#include "engine/ops.h"
#include "plan/plan.h"

struct remote {
    const struct cli *cli;
    int fd;
    struct buf in;
    bool has_answered;
};

void remote_closep(struct remote **r)
{
    if (!*r)
        return;
    closep(&(*r)->fd);
    buf_done(&(*r)->in);
    mem_free(*r);
    *r = NULL;
}

bool remote_open(const struct cli *c, struct remote **ret, struct err *e)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    const char *path = c->set.socket;
    CLEANUP(closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *ret = NULL;
    if (fd < 0 || strlen(path) >= sizeof at.sun_path)
        return true;
    memcpy(at.sun_path, path, strlen(path) + 1);
    if (connect(fd, (const struct sockaddr *)&at, sizeof at) < 0)
        return errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR || errno == EACCES ||
               err_set(e, ERR_IO, "cannot reach the daemon at '%s': %s", path, strerror(errno));
    struct remote *r = NEW(struct remote);
    *r = (struct remote){.cli = c, .fd = fd};
    buf_init(&r->in, CONTROL_ANSWER);
    fd = -1;
    *ret = r;
    return true;
}

bool remote_is_there(const struct cli *c)
{
    CLEANUP(remote_closep) struct remote *daemon = NULL;
    struct err e;
    return remote_open(c, &daemon, &e) && daemon;
}

/* ---- lines ---- */

static bool gone(const struct remote *r, struct err *e)
{
    if (r->has_answered)
        return err_set(e, ERR_IO,
                       "the daemon stopped while it answered (its log says more); a search that "
                       "was sent is settled when it runs again");
    return err_set(e, ERR_IO,
                   "the daemon hung up: it refuses other users than its own and root, or it was "
                   "stopped (its log says more)");
}

static bool send_all(const struct remote *r, const char *text, struct err *e)
{
    for (size_t n = strlen(text), at = 0; at < n;) {
        ssize_t sent = send(r->fd, text + at, n - at, MSG_NOSIGNAL);
        if (sent <= 0)
            return gone(r, e);
        at += (size_t)sent;
    }
    return true;
}

/* The next line, parsed; NULL with *e when there is none. */
static json_t *next_line(struct remote *r, struct err *e)
{
    const char *end;
    while (!(end = memchr(r->in.at, '\n', r->in.n))) {
        char chunk[65536];
        ssize_t n = recv(r->fd, chunk, sizeof chunk, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || r->in.is_cut) {
            gone(r, e);
            return NULL;
        }
        r->has_answered = true;
        buf_add(&r->in, chunk, (size_t)n);
    }
    size_t n = (size_t)(end - r->in.at);
    json_t *line = NULL;
    if (!jx_parse(r->in.at, n, &line, e))
        return NULL;
    memmove(r->in.at, end + 1, r->in.n - n); /* with the NUL behind it */
    r->in.n -= n + 1;
    return line;
}

bool remote_ask(struct remote *r, const char *op, json_t *request,
                void (*on_line)(void *ctx, const json_t *line), void *ctx, json_t **ret_last,
                int *ret_exit, struct err *e)
{
    jx_put(request, "op", jx_string(op));
    CLEANUP(freep) char *compact = jx_canonical(request);
    CLEANUP(freep) char *text = mem_printf("%s\n", compact);
    json_decref(request);
    bool ok = send_all(r, text, e);
    explicit_bzero(text, strlen(text));
    explicit_bzero(compact, strlen(compact));
    while (ok) {
        CLEANUP(jx_decrefp) json_t *line = next_line(r, e);
        if (!line)
            return false;
        if (json_object_get(line, "exit")) {
            const char *error = jx_str(line, "error");
            *ret_exit = (int)jx_int(line, "exit", CLI_FAILED);
            if (error)
                cli_say_error(r->cli, error);
            *ret_last = TAKE(line);
            return true;
        }
        if (on_line)
            on_line(ctx, line);
    }
    return false;
}

/* ---- operations on the state ---- */

static bool perform_here(const struct cli *c, const struct op *op, const json_t *request,
                         json_t **ret_reply, struct err *e)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(config_freep) struct config *config = NULL;
    CLEANUP(freep) char *actor = cli_actor();
    enum store_found found;
    if (!cli_store(c, op->may_create ? STORE_CREATE : STORE_WRITE, &store, &found, e))
        return false;
    if (found == STORE_ABSENT)
        return err_set(e, ERR_IO,
                       "there is no state in '%s' yet: 'splintarr apply' creates it, --state DIR "
                       "names another place",
                       c->set.state);
    if (!plan_applied_config(store, &config, e))
        return false;
    struct secrets *secrets = cli_secrets(c, store, c->set.config);
    const struct op_context x = {.store = store,
                                 .config = config,
                                 .secrets = secrets,
                                 .actor = actor,
                                 .now = clock_utc(c->clock)};
    bool ok = op->run(&x, request, ret_reply, e);
    secrets_free(secrets);
    return ok;
}

int cli_perform(const struct cli *c, const char *name, json_t *request, json_t **ret_reply)
{
    CLEANUP(remote_closep) struct remote *r = NULL;
    struct err e = {0};
    int status = CLI_OK;
    bool ok = remote_open(c, &r, &e);
    if (ok && r) {
        ok = remote_ask(r, name, request, NULL, NULL, ret_reply, &status, &e);
    } else if (ok) {
        ok = perform_here(c, op_find(name), request, ret_reply, &e);
        json_decref(request);
    }
    return ok ? status : cli_fail(c, &e);
}
