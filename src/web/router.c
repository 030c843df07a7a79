/* web/router.c — finds a request's row. */
#include "web/router.h"

#include <string.h>

#include "base/str.h"
#include "web/handlers.h"

const struct route web_routes[] = {
#define ROUTE(...) {__VA_ARGS__},
#include "web/routes.def"
#undef ROUTE
};
const size_t web_routes_n = COUNT(web_routes);

static bool is_same(const struct route *a, const struct route *b)
{
    return str_eq(a->method, b->method) && str_eq(a->path, b->path);
}

bool routes_check(const struct route *routes, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (is_same(&routes[i], &routes[j]))
                return err_set(e, ERR_CONFLICT, "two routes answer %s %s", routes[i].method,
                               routes[i].path);
    return true;
}

static bool takes(const struct route *r, const char *method)
{
    return str_eq(r->method, method) || (str_eq(r->method, "GET") && str_eq(method, "HEAD"));
}

static void allow(const struct route *r, struct buf *ret)
{
    buf_printf(ret, "%s%s%s", ret->n ? ", " : "", r->method,
               str_eq(r->method, "GET") ? ", HEAD" : "");
}

enum { NAME_LENGTH = 63 };

static bool is_path(const char *row, const char *path)
{
    while (*row && *path) {
        size_t n = *row == '{' ? strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789-") : 1;
        bool is_same = *row == '{' ? n > 0 && n <= NAME_LENGTH : *row == *path;
        if (!is_same)
            return false;
        row += *row == '{' ? strcspn(row, "}") + 1 : 1;
        path += n;
    }
    return *row == *path;
}

enum routed routes_find(const struct route *routes, size_t n, const char *method, const char *path,
                        const struct route **ret, struct buf *ret_allow)
{
    enum routed found = ROUTED_NO_PATH;
    for (size_t i = 0; i < n; i++) {
        if (!is_path(routes[i].path, path))
            continue;
        *ret = &routes[i];
        if (takes(&routes[i], method))
            return ROUTED;
        allow(&routes[i], ret_allow);
        found = ROUTED_NO_METHOD;
    }
    return found;
}
