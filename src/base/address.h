/* base/address.h — what kind of place a network address is: everyone's, a private network's, this
 * machine. Literals only; nothing is resolved. */
#ifndef SPL_BASE_ADDRESS_H
#define SPL_BASE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

enum reach {
    REACH_PUBLIC,
    REACH_PRIVATE,  /* RFC 1918, unique local, shared (100.64/10), reserved, multicast */
    REACH_LINK,     /* link-local */
    REACH_LOOPBACK, /* this machine, and "any" which means it too */
    REACH_METADATA, /* a cloud's service that hands out credentials */
    REACH_N
};
extern const char *const reach_names[REACH_N + 1]; /* "public", "private", … */

enum reach address_reach_v4(const uint8_t a[4]);
/* An IPv4 address inside (mapped, translated, 6to4, Teredo) is judged, too: the worst counts. */
enum reach address_reach_v6(const uint8_t a[16]);

/* A host as a URL has it: an address in any form inet_aton(3) reads ("127.1", "0x7f000001"), an
 * IPv6 address in or without brackets, or a name that always means this machine. False: another
 * name. */
bool address_reach_host(const char *host, enum reach *ret);

#endif
