/* model/fields.c — the tables of fields, made from the .def files; small maps first. */
#include "model/field.h"

#include <stddef.h>

#include "model/event.h"

#define REQUIRED .is_required = true
/* STRUCT(tls) in a row: the type FT_STRUCT, and the size of what it holds. */
#define FT_STRUCT(s) FT_STRUCT, .size = sizeof(struct s)
#define FT_OPTION(s) FT_OPTION, .size = sizeof(struct s)
#define FT_STRUCTS(s) FT_STRUCTS, .size = sizeof(struct s)
#define FIELD(t, n, d, ...)                                                                        \
    {.name = #n, .doc = d, .type = FT_##t, .offset = offsetof(struct OF, n), ##__VA_ARGS__},

#define OF tls
static const struct field tls_fields[] = {
#include "model/tls.def"
    {0}};
#undef OF
#define OF limits
static const struct field limits_fields[] = {
#include "model/limits.def"
    {0}};
#undef OF
#define OF download_queue
static const struct field download_queue_fields[] = {
#include "model/download_queue.def"
    {0}};
#undef OF
#define OF instance_health
static const struct field instance_health_fields[] = {
#include "model/instance_health.def"
    {0}};
#undef OF
#define OF instance_library
static const struct field instance_library_fields[] = {
#include "model/instance_library.def"
    {0}};
#undef OF
#define OF webhook
static const struct field webhook_fields[] = {
#include "model/webhook.def"
    {0}};
#undef OF
#define OF instance
static const struct field instance_fields[] = {
#include "model/common.def"
#include "model/instance.def"
    {0}};
#undef OF

#define OF adaptive
static const struct field adaptive_fields[] = {
#include "model/adaptive.def"
    {0}};
#undef OF
#define OF burst
static const struct field burst_fields[] = {
#include "model/burst.def"
    {0}};
#undef OF
#define OF schedule
static const struct field schedule_fields[] = {
#include "model/common.def"
#include "model/schedule.def"
    {0}};
#undef OF

#define OF season_packs
static const struct field season_packs_fields[] = {
#include "model/season_packs.def"
    {0}};
#undef OF
#define OF filters
static const struct field filters_fields[] = {
#include "model/filters.def"
    {0}};
#undef OF
#define OF profile
static const struct field profile_fields[] = {
#include "model/common.def"
#include "model/profile.def"
    {0}};
#undef OF
#define OF queue
static const struct field queue_fields[] = {
#include "model/common.def"
#include "model/queue.def"
    {0}};
#undef OF

#define OF match
static const struct field match_fields[] = {
#include "model/match.def"
    {0}};
#undef OF
#define OF exclusion
static const struct field exclusion_fields[] = {
#include "model/common.def"
#include "model/exclusion.def"
    {0}};
#undef OF
#define OF notification
static const struct field notification_fields[] = {
#include "model/common.def"
#include "model/notification.def"
    {0}};
#undef OF
#define OF user
static const struct field user_fields[] = {
#include "model/common.def"
#include "model/user.def"
    {0}};
#undef OF
#define OF share
static const struct field share_fields[] = {
#include "model/common.def"
    {0}};
#undef OF

#define OF prune
static const struct field prune_fields[] = {
#include "model/prune.def"
    {0}};
#undef OF
#define OF settings_reconcile
static const struct field settings_reconcile_fields[] = {
#include "model/settings_reconcile.def"
    {0}};
#undef OF
#define OF settings_history
static const struct field settings_history_fields[] = {
#include "model/settings_history.def"
    {0}};
#undef OF
#define OF settings_library
static const struct field settings_library_fields[] = {
#include "model/settings_library.def"
    {0}};
#undef OF
#define OF settings_health
static const struct field settings_health_fields[] = {
#include "model/settings_health.def"
    {0}};
#undef OF
#define OF settings_webhooks
static const struct field settings_webhooks_fields[] = {
#include "model/settings_webhooks.def"
    {0}};
#undef OF
#define OF notify_batch
static const struct field notify_batch_fields[] = {
#include "model/notify_batch.def"
    {0}};
#undef OF
#define OF settings_notifications
static const struct field settings_notifications_fields[] = {
#include "model/settings_notifications.def"
    {0}};
#undef OF
#define OF s3
static const struct field s3_fields[] = {
#include "model/s3.def"
    {0}};
#undef OF
#define OF backup_target
static const struct field backup_target_fields[] = {
#include "model/backup_target.def"
    {0}};
#undef OF
#define OF settings_backups
static const struct field settings_backups_fields[] = {
#include "model/settings_backups.def"
    {0}};
#undef OF
#define OF settings_tenants
static const struct field settings_tenants_fields[] = {
#include "model/settings_tenants.def"
    {0}};
#undef OF
#define OF settings
static const struct field settings_fields[] = {
#include "model/common.def"
#include "model/settings.def"
    {0}};
#undef OF

static const struct {
    const struct field *fields;
    size_t size;
} kinds[KIND_N] = {
#define KIND(constant, singular, plural, inert) {singular##_fields, sizeof(struct singular)},
#include "model/kinds.def"
#undef KIND
};

const struct field *kind_fields(enum kind kind)
{
    return kinds[kind].fields;
}

size_t kind_size(enum kind kind)
{
    return kinds[kind].size;
}
