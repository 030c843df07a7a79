/* plan/git_objects.h — objects of a git repository, read from its files: loose ones and those in
 * packs of version 2 (gitformat-pack(5)). SHA-1 only. Nothing is run, alternates are not followed,
 * everything is bounded; a damaged repository gives an error, never more. */
#ifndef SPL_PLAN_GIT_OBJECTS_H
#define SPL_PLAN_GIT_OBJECTS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/vec.h"

enum git_type { GIT_COMMIT = 1, GIT_TREE, GIT_BLOB, GIT_TAG, GIT_OFS_DELTA = 6, GIT_REF_DELTA };
enum { GIT_OBJECT_MAX = 16 * 1024 * 1024 };

struct git_id {
    uint8_t at[SHA1_BYTES];
};
bool git_id_parse(const char *hex, struct git_id *ret); /* 40 hex digits, then anything else */
bool git_id_eq(const struct git_id *a, const struct git_id *b);

struct git_pack {
    int idx, pack; /* descriptors */
    uint32_t n_objects;
};
struct git_objects {
    char *dir; /* …/objects */
    VEC(struct git_pack) packs;
};
void git_objects_done(struct git_objects *o); /* for CLEANUP */
/* `common`: the repository's directory (gitdir.common). */
void git_objects_open(const char *common, struct git_objects *ret);

/* The object's content, at most GIT_OBJECT_MAX bytes; the caller buf_done's. */
MUST_CHECK bool git_object_read(const struct git_objects *o, const struct git_id *id,
                                enum git_type *ret_type, struct buf *ret, struct err *e);

/* git_delta.c: the instructions of a delta applied to its base. */
MUST_CHECK bool git_delta_apply(const struct buf *base, const struct buf *delta, struct buf *ret,
                                struct err *e);

#endif
