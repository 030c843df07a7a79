/* model/kinds.h — the structs of all kinds, made from the .def files, and the table of kinds.
 * Members that end in an underscore (for_) are keywords in C; their YAML key has none. */
#ifndef SPL_MODEL_KINDS_H
#define SPL_MODEL_KINDS_H

#include "model/names.h"
#include "model/types.h"

enum kind {
#define KIND(constant, singular, plural, inert) KIND_##constant,
#include "model/kinds.def"
#undef KIND
    KIND_N
};

#define FIELD(type, name, doc, ...) CTYPE_##type name;

/* Every spec of a resource begins with these. */
struct common {
#include "model/common.def"
};

struct tls {
#include "model/tls.def"
};
struct limits {
#include "model/limits.def"
};
struct download_queue {
#include "model/download_queue.def"
};
struct instance_health {
#include "model/instance_health.def"
};
struct instance_library {
#include "model/instance_library.def"
};
struct webhook {
#include "model/webhook.def"
};
struct instance {
#include "model/common.def"
#include "model/instance.def"
};

struct adaptive {
#include "model/adaptive.def"
};
struct burst {
#include "model/burst.def"
};
struct schedule {
#include "model/common.def"
#include "model/schedule.def"
};

struct season_packs {
#include "model/season_packs.def"
};
struct filters {
#include "model/filters.def"
};
struct profile {
#include "model/common.def"
#include "model/profile.def"
};
struct queue {
#include "model/common.def"
#include "model/queue.def"
};

struct match {
#include "model/match.def"
};
struct match_list {
    struct match *at;
    size_t n;
};
struct exclusion {
#include "model/common.def"
#include "model/exclusion.def"
};

struct notification {
#include "model/common.def"
#include "model/notification.def"
};
struct user {
#include "model/common.def"
#include "model/user.def"
};

/* One per instance of the tree's `shares:` map; the users and their grants. */
struct grant_pair {
    const char *user;
    enum grant grant;
};
struct share {
#include "model/common.def"
    struct grant_pair *at;
    size_t n;
};

struct prune {
#include "model/prune.def"
};
struct settings_reconcile {
#include "model/settings_reconcile.def"
};
struct settings_history {
#include "model/settings_history.def"
};
struct settings_library {
#include "model/settings_library.def"
};
struct settings_health {
#include "model/settings_health.def"
};
struct settings_webhooks {
#include "model/settings_webhooks.def"
};
struct notify_batch {
#include "model/notify_batch.def"
};
struct settings_notifications {
#include "model/settings_notifications.def"
};
struct s3 {
#include "model/s3.def"
};
struct backup_target {
#include "model/backup_target.def"
};
struct backup_target_list {
    struct backup_target *at;
    size_t n;
};
struct settings_backups {
#include "model/settings_backups.def"
};
struct settings_tenants {
#include "model/settings_tenants.def"
};
struct settings {
#include "model/common.def"
#include "model/settings.def"
};

#undef FIELD

#endif
