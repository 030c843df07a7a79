/* arrsim/fail.c — every shape of error the servers have, and faults on demand. */
#include "arrsim/api.h"

#include <string.h>

#include "base/str.h"

static const char *rfc_page(const struct sim *s)
{
    return s->app == SIM_SONARR ? "https://tools.ietf.org/html/rfc7231#section-6.5.1"
                                : "https://tools.ietf.org/html/rfc9110#section-15.5.1";
}

#define TRACE_ID "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"

static void problem(struct ex *x, int status, const char *title)
{
    x->status = status;
    x->type = "application/problem+json; charset=utf-8";
    jw_object(&x->j, NULL);
    jw_str(&x->j, "type", rfc_page(x->s));
    jw_str(&x->j, "title", title);
    jw_int(&x->j, "status", status);
    jw_str(&x->j, "traceId", TRACE_ID);
}

void fail_message(struct ex *x, int status, const char *message, const char *description)
{
    x->status = status;
    x->has_version = is_old(x->s);
    jw_object(&x->j, NULL);
    jw_str(&x->j, "message", message);
    if (description)
        jw_str(&x->j, "description", description);
    jw_close(&x->j);
}

void fail_not_found(struct ex *x)
{
    if (is_old(x->s)) {
        fail_message(x, 404, "NotFound", NULL);
        return;
    }
    problem(x, 404, "Not Found");
    jw_close(&x->j);
}

void fail_no_route(struct ex *x)
{
    if (is_old(x->s)) {
        fail_message(x, 404, "NotFound", NULL);
        return;
    }
    x->status = 404;
    x->type = NULL;
    x->has_version = false;
}

void fail_bad_request(struct ex *x, const char *why)
{
    x->status = 400;
    jw_object(&x->j, NULL);
    jw_str(&x->j, "message", arena_printf(x->mem, "BadRequest: %s", why));
    jw_str(&x->j, "content", why);
    jw_close(&x->j);
}

void fail_value(struct ex *x, const char *field, const char *value)
{
    if (is_old(x->s)) {
        fail_message(x, 500, "Input string was not in a correct format.",
                     "System.FormatException: Input string was not in a correct format.\n"
                     "  at System.Number.ThrowOverflowOrFormatException ()");
        return;
    }
    problem(x, 400, "One or more validation errors occurred.");
    jw_object(&x->j, "errors");
    jw_array(&x->j, field);
    jw_str(&x->j, NULL, arena_printf(x->mem, "The value '%s' is not valid.", value));
    jw_close_all(&x->j);
}

void fail_json(struct ex *x)
{
    if (is_old(x->s)) {
        fail_bad_request(x, x->n_body ? "Invalid request body. Invalid character after parsing "
                                        "property name."
                                      : "Request body can't be empty");
        return;
    }
    problem(x, 400, "One or more validation errors occurred.");
    jw_object(&x->j, "errors");
    jw_array(&x->j, x->n_body ? "$" : "");
    jw_str(&x->j, NULL,
           x->n_body ? "The JSON value could not be converted."
                     : "A non-empty request body is required.");
    jw_close_all(&x->j);
}

static void put_violation(struct ex *x, const char *code)
{
    jw_object(&x->j, NULL);
    jw_str(&x->j, "propertyName", "Name");
    jw_str(&x->j, "errorMessage", "'Name' must not be empty.");
    jw_str(&x->j, "severity", "error");
    jw_str(&x->j, "errorCode", code);
    if (is_old(x->s))
        jw_empty(&x->j, "formattedMessageArguments");
    jw_object(&x->j, "formattedMessagePlaceholderValues");
    jw_str(&x->j, "propertyName", "Name");
    jw_null(&x->j, "propertyValue");
    jw_close(&x->j);
    if (is_old(x->s))
        jw_str(&x->j, "resourceName", code);
    jw_close(&x->j);
}

void fail_no_name(struct ex *x)
{
    x->status = 400;
    jw_array(&x->j, NULL);
    if (is_old(x->s))
        put_violation(x, "NotNullValidator");
    put_violation(x, "NotEmptyValidator");
    jw_close(&x->j);
}

void fail_page(struct ex *x, int status, const char *title)
{
    x->status = status;
    x->type = "text/html; charset=utf-8";
    x->has_version = false;
    buf_printf(&x->head,
               "<!doctype html>\n<html><head><title>%s</title></head><body><h1>%s</h1>\n"
               "<form method=\"post\" action=\"/login\"><input name=\"username\">"
               "<input name=\"password\" type=\"password\"></form></body></html>\n",
               title, title);
}

/* ---- faults on demand ---- */

static struct fault_rule *find_fault(const struct ex *x)
{
    for (size_t i = 0; i < x->s->faults.n; i++) {
        struct fault_rule *f = &x->s->faults.at[i];
        bool method_fits = str_eq(f->method, "*") || str_eq(f->method, x->method);
        if (f->times > 0 && method_fits && str_starts(x->path, f->path))
            return f;
    }
    return NULL;
}

static const char *status_text(int status)
{
    return status == 502   ? "502 Bad Gateway"
           : status == 504 ? "504 Gateway Time-out"
                           : "503 Service Unavailable";
}

static void answer_status(struct ex *x, const struct fault_rule *f)
{
    if (f->status >= 502 && f->status <= 504) {
        fail_page(x, f->status, status_text(f->status));
    } else if (f->status == 500) {
        fail_message(
            x, 500, "database is locked",
            "code = Busy (5), message = System.Data.SQLite.SQLiteException: database is locked");
    } else {
        x->status = f->status;
        x->type = NULL;
    }
    if (f->retry_after > 0)
        x->retry_after = arena_printf(x->mem, "%lld", (long long)(f->retry_after / 1000));
}

static void answer_503(struct ex *x)
{
    x->status = 503;
    x->has_version = false;
    jw_object(&x->j, NULL);
    jw_str(&x->j, "errorMessage", "The application is starting up, please try again later");
    jw_close(&x->j);
}

static void redirect(struct ex *x, int status, const char *base)
{
    x->status = status;
    x->type = NULL;
    x->location = arena_printf(x->mem, "%s%s", base, x->target);
}

bool fault_meets(struct ex *x)
{
    struct fault_rule *f = find_fault(x);
    if (!f)
        return false;
    f->times--;
    switch (f->what) {
    case SIM_FAULT_STATUS: answer_status(x, f); return true;
    case SIM_FAULT_HTML: fail_page(x, 200, "Sign in"); return true;
    case SIM_FAULT_STARTING: answer_503(x); return true;
    case SIM_FAULT_TARPIT: x->wire = WIRE_TARPIT; return true;
    case SIM_FAULT_RESET: x->wire = WIRE_RESET; return true;
    case SIM_FAULT_CUT: x->wire = WIRE_CUT; return false;
    case SIM_FAULT_ENDLESS: x->wire = WIRE_ENDLESS; return false;
    case SIM_FAULT_LOST: x->wire = WIRE_RESET; return false;
    case SIM_FAULT_DRIP: x->wire = WIRE_DRIP; return false;
    case SIM_FAULT_TORN: x->wire = WIRE_TORN; return false;
    case SIM_FAULT_LOOP: redirect(x, 302, ""); return true;
    case SIM_FAULT_MOVED: redirect(x, is_old(x->s) ? 303 : 307, "/moved"); return true;
    }
    return false;
}
