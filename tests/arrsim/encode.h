/* arrsim/encode.h — bodies as the request allows them: brotli if it may, else gzip, else as they
 * are. Brotli says that its blocks are not compressed, which every decoder must understand. */
#ifndef ARRSIM_ENCODE_H
#define ARRSIM_ENCODE_H

#include <zlib.h>

#include "base/buf.h"

struct encoder {
    const char *name; /* of Content-Encoding; NULL: as it is */
    bool is_begun;
    z_stream gzip;
};

/* `accept` is what Accept-Encoding says. */
void encoder_init(struct encoder *ret, const char *accept);
void encoder_done(struct encoder *en); /* once more does nothing */
/* Appends to `out` what n bytes become; the last piece may be empty. */
void encode(struct encoder *en, const char *bytes, size_t n, bool is_last, struct buf *out);

#endif
