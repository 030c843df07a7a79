/* The world over real sockets: heads as recorded, chunked bodies, orders from outside, and broken
 * answers that are really broken on the wire. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <arpa/inet.h>
#include <cmocka.h>

#include "arrsim/http_server.h"
#include "base/buf.h"

struct fixture {
    struct world *w;
    struct sim *tv;
    struct world_lock *lock;
    struct http_server *server, *modern;
};

static int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    struct err e;
    f->w = world_new(&clock_system, 1);
    f->tv = world_add(f->w, "tv", SIM_SONARR, SIM_OLD);
    sim_fill_lab(f->tv);
    f->lock = world_lock_new();
    struct sim *modern = world_add(f->w, "modern", SIM_SONARR, SIM_MODERN);
    assert_true(http_server_new(f->tv, f->lock, 0, &f->server, &e));
    assert_true(http_server_new(modern, f->lock, 0, &f->modern, &e));
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    http_server_free(f->server);
    http_server_free(f->modern);
    world_lock_free(f->lock);
    world_free(f->w);
    mem_free(f);
    return 0;
}

/* Sends `head` with the closing lines, reads until the server closes. */
static void talk(const struct http_server *to, const char *head, const char *body, struct buf *ret)
{
    CLEANUP(closep) int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)http_server_port(to)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char bytes[4096];
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    int n = snprintf(bytes, sizeof bytes,
                     "%s\r\nHost: x\r\nConnection: close\r\nX-Api-Key: " SIM_KEY
                     "\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                     head, strlen(body), body);
    assert_int_equal(write(fd, bytes, (size_t)n), n);
    buf_init(ret, 1 << 24);
    ssize_t got;
    while ((got = read(fd, bytes, sizeof bytes)) > 0)
        buf_add(ret, bytes, (size_t)got);
}

#define TALK(name, head, body)                                                                     \
    CLEANUP(buf_done) struct buf name = {0};                                                       \
    talk(f->server, head, body, &name)

static void heads(void **state)
{
    struct fixture *f = *state;
    TALK(a, "GET /api/v3/series HTTP/1.1", "");
    assert_memory_equal(a.at, "HTTP/1.1 200 OK\r\n", 17);
    assert_non_null(strstr(a.at, "X-Application-Version: 3.0.10.1567\r\n"));
    assert_non_null(strstr(a.at, "Content-Type: application/json; charset=utf-8\r\n"));
    assert_non_null(strstr(a.at, "Server: Mono-HTTPAPI/1.0\r\n"));
    assert_non_null(strstr(a.at, "Transfer-Encoding: chunked\r\n"));
    assert_non_null(strstr(a.at, "\r\nDate: "));
    assert_non_null(strstr(a.at, "\"Lab Show\""));
    assert_string_equal(a.at + a.n - 7, "\r\n0\r\n\r\n");
}

static void orders(void **state)
{
    struct fixture *f = *state;
    TALK(a, "POST /_sim/fault?kind=cut&path=/api/v3/series HTTP/1.1", "");
    assert_non_null(strstr(a.at, "\"ok\": true"));
    TALK(cut, "GET /api/v3/series HTTP/1.1", "");
    assert_memory_equal(cut.at, "HTTP/1.1 200 OK\r\n", 17);
    assert_string_not_equal(cut.at + cut.n - 7, "\r\n0\r\n\r\n");
    TALK(t, "POST /_sim/fault?kind=torn&path=/api/v3/series HTTP/1.1", "");
    TALK(torn, "GET /api/v3/series HTTP/1.1", "");
    assert_string_equal(torn.at + torn.n - 7, "\r\n0\r\n\r\n");
    assert_null(strstr(torn.at, "\n]"));
    TALK(l, "POST /_sim/fault?kind=loop HTTP/1.1", "");
    TALK(loop, "GET /api/v3/series?a=b HTTP/1.1", "");
    assert_non_null(strstr(loop.at, "\r\nLocation: /api/v3/series?a=b\r\n"));
    TALK(b, "POST /_sim/fault?kind=reset HTTP/1.1", "");
    TALK(reset, "GET /api/v3/series HTTP/1.1", "");
    assert_int_equal(reset.n, 0);
    TALK(c, "POST /_sim/behave?name=nonsense HTTP/1.1", "");
    assert_memory_equal(c.at, "HTTP/1.1 400 ", 13);
}

#define ASK(name, to, head)                                                                        \
    CLEANUP(buf_done) struct buf name = {0};                                                       \
    talk(to, head, "", &name)

/* One chunk, without its frame. */
static const unsigned char *chunk(const struct buf *b, size_t *ret_n)
{
    const char *at = strstr(b->at, "\r\n\r\n");
    assert_non_null(at);
    char *end;
    *ret_n = strtoul(at + 4, &end, 16);
    return (const unsigned char *)end + 2;
}

/* Brotli first, as new servers do. Of "[]" in one uncompressed block (RFC 7932, section 9.2): bits
 * 0 (window), 0 (not last), 00 (four nibbles), 0001 0000 0000 0000 little-endian (2 - 1), 1
 * (uncompressed), 000; then the bytes; then 11 (last, empty): 10 00 10 5b 5d 03. */
static void encodings(void **state)
{
    struct fixture *f = *state;
    static const unsigned char empty_list[] = {0x10, 0x00, 0x10, '[', ']', 0x03};
    ASK(br, f->modern, "GET /api/v3/tag HTTP/1.1\r\nAccept-Encoding: deflate, gzip, br, zstd");
    size_t n;
    assert_non_null(strstr(br.at, "\r\nContent-Encoding: br\r\n"));
    const unsigned char *bytes = chunk(&br, &n);
    assert_int_equal(n, sizeof empty_list);
    assert_memory_equal(bytes, empty_list, n);

    ASK(zip, f->modern, "GET /api/v3/tag HTTP/1.1\r\nAccept-Encoding: gzip");
    assert_non_null(strstr(zip.at, "\r\nContent-Encoding: gzip\r\n"));
    bytes = chunk(&zip, &n);
    unsigned char plain[16];
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes,
                  .avail_in = (unsigned)n,
                  .next_out = plain,
                  .avail_out = sizeof plain};
    assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, 2);
    assert_memory_equal(plain, "[]", 2);
    inflateEnd(&z);

    ASK(none, f->modern, "GET /api/v3/tag HTTP/1.1");
    assert_null(strstr(none.at, "Content-Encoding"));
    ASK(old, f->server, "GET /api/v3/tag HTTP/1.1\r\nAccept-Encoding: gzip");
    assert_null(strstr(old.at, "Content-Encoding"));
}

static void the_truth(void **state)
{
    struct fixture *f = *state;
    TALK(a, "POST /_sim/speed?times=1000 HTTP/1.1", "");
    TALK(b, "POST /api/v3/command HTTP/1.1", "{\"name\":\"EpisodeSearch\",\"episodeIds\":[2]}");
    assert_memory_equal(b.at, "HTTP/1.1 201 ", 13);
    usleep(30000); /* half a minute over there */
    TALK(c, "GET /_sim/searches HTTP/1.1", "");
    assert_non_null(strstr(c.at, "\"item\": 2,"));
    TALK(d, "GET /_sim/requests HTTP/1.1", "");
    assert_non_null(strstr(d.at, "\"route\": \"/api/v3/command\""));
    TALK(e, "GET /_sim/state HTTP/1.1", "");
    assert_non_null(strstr(e.at, "\"speed\": 1000"));
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
    const struct CMUnitTest tests[] = {TEST(heads), TEST(orders), TEST(encodings), TEST(the_truth)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
