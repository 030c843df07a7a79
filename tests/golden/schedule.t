# Schedules in words, and when queues run. Dates are compared too: sed hides them from the mask.
# Berlin is UTC+1 in November, Tokyo UTC+9; 2026-11-23 is a Monday.
$ mkdir tree && cat > tree/splintarr.yaml <<'EOF'
> version: 1
> settings: {timezone: UTC, blackout: [mon 04:00-05:00]}
> instances:
>   tv: {type: sonarr, url: "http://127.0.0.1:1", api_key: {secret: key}}
> schedules:
>   nightly: {every: 24h, windows: [daily 22:00-06:00], blackout: [daily 22:00-23:00], timezone: Europe/Berlin, jitter: 10m}
>   friday: {at: [fri 18:00, sun 09:30], timezone: Asia/Tokyo}
>   follow: {every: 12h, adaptive: {airing: 1h, off_season: 7d}, burst: {every: 15m, for: 6h}}
> queues:
>   missing: {instances: [tv], schedule: nightly}
>   movies: {instances: [tv], schedule: friday}
>   fresh: {instances: [tv], schedule: follow}
> EOF
$ splintarr --config tree explain schedule/nightly --at 2026-11-23T12:00:00Z | sed 's/ UTC / Z /'
| Every 1d, only inside daily 22:00-06:00, never inside daily 22:00-23:00 (Europe/Berlin). Each run begins up to 10m later. By the settings never inside mon 04:00-05:00 (UTC).
|
| Next runs of a queue that begins now, leaving out jitter:
|   2026-11-23 22:00 Z  mon 23:00 (Europe/Berlin)
|   2026-11-24 22:00 Z  tue 23:00 (Europe/Berlin)
|   2026-11-25 22:00 Z  wed 23:00 (Europe/Berlin)
|   2026-11-26 22:00 Z  thu 23:00 (Europe/Berlin)
|   2026-11-27 22:00 Z  fri 23:00 (Europe/Berlin)
$ splintarr --config tree explain schedule/friday --at 2026-11-23T12:00:00Z | sed 's/ UTC / Z /'
| At fri 18:00 and sun 09:30 (Asia/Tokyo). By the settings never inside mon 04:00-05:00 (UTC).
|
| Next runs of a queue that begins now:
|   2026-11-27 09:00 Z  fri 18:00 (Asia/Tokyo)
|   2026-11-29 00:30 Z  sun 09:30 (Asia/Tokyo)
|   2026-12-04 09:00 Z  fri 18:00 (Asia/Tokyo)
|   2026-12-06 00:30 Z  sun 09:30 (Asia/Tokyo)
|   2026-12-11 09:00 Z  fri 18:00 (Asia/Tokyo)
$ splintarr --config tree explain queue/fresh --at 2026-11-23T12:00:00Z | sed 's/ UTC / Z /'
| Every 12h. Series of which something airs within 7d are searched every 1h besides; while nothing airs, everything is searched every 7d only. For 6h after something has aired its series is searched every 15m besides, the fresh item without grace or cooldown until it is found. By the settings never inside mon 04:00-05:00 (UTC).
|
| Next runs of a queue that begins now, leaving out what airs:
|   2026-11-23 12:00 Z  mon 12:00 (UTC)
|   2026-11-24 00:00 Z  tue 00:00 (UTC)
|   2026-11-24 12:00 Z  tue 12:00 (UTC)
|   2026-11-25 00:00 Z  wed 00:00 (UTC)
|   2026-11-25 12:00 Z  wed 12:00 (UTC)
$ splintarr --config tree explain schedule/friday --at 2026-11-23T12:00:00Z -o json | tr T ' '
| {
|   "format_version": "1.0",
|   "schedule": "schedule/friday",
|   "words": "At fri 18:00 and sun 09:30 (Asia/ okyo). By the settings never inside mon 04:00-05:00 (U C).",
|   "next": [
|     "2026-11-27 09:00:00Z",
|     "2026-11-29 00:30:00Z",
|     "2026-12-04 09:00:00Z",
|     "2026-12-06 00:30:00Z",
|     "2026-12-11 09:00:00Z"
|   ]
| }
$ splintarr --config tree explain schedule/nothing
| splintarr: the tree has no schedule/nothing
= 2
$ splintarr --config tree explain instance/tv
| splintarr: explain takes schedule/NAME, queue/NAME, KIND or KIND.FIELD, not 'instance/tv'
= 2
$ splintarr explain queue -o json
| splintarr: -o json and --at go with schedule/NAME or queue/NAME
= 2
# Nothing is applied yet, then nothing has run yet.
$ splintarr next
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
$ printf k | splintarr --config tree secret set key && splintarr --config tree apply --yes >/dev/null 2>&1; splintarr -q next --why --at 2026-11-23T12:00:00Z | sed 's/ UTC/ Z/g'
| splintarr: created the state in 'DIR/state'; its key is 'DIR/state/key': keep a copy elsewhere, a backup is worth nothing without it
| Stored the secret 'key'. Refer to it as {secret: key}.
| NEXT                  QUEUE    INSTANCE  WHY
| now                   fresh    tv        every 12h; has never run
| 2026-11-23 22:00 Z  missing  tv        every 1d; has never run; now outside its windows
| 2026-11-27 09:00 Z  movies   tv        at one of its moments; has never run
$ splintarr next nobody
| splintarr: no daemon runs: nothing runs by itself (splintarr daemon)
| splintarr: no queue 'nobody' is applied (splintarr get queues)
= 2
$ splintarr pause queue/fresh --reason "disk full" >/dev/null; splintarr -q next fresh --why
| NEXT  QUEUE  INSTANCE  WHY
| -     fresh  tv        every 12h; has never run; paused until resumed by cli:uid=N: disk full
# The next spring change, whenever that is: the last Sunday of March, 01:00 UTC, by the zone file.
$ mkdir lost && cat > lost/splintarr.yaml <<'EOF'
> version: 1
> settings: {timezone: Europe/Berlin, blackout: [daily 02:00-03:00]}
> EOF
$ spring() { for m in 3-31 3-30 3-29 3-28 3-27 3-26 3-25; do [ $(TZ=Europe/Berlin date -d $1-$m\ 04:00 +%z)$(TZ=Europe/Berlin date -d $1-$m\ 01:00 +%z) = +0200+0100 ] && date -d $1-$m +%F; done; }
> year=$(date +%Y); next=$(spring $year); [ $(date -d "$next 01:00 UTC" +%s) -gt $(date +%s) ] || next=$(spring $((year + 1)))
> splintarr validate lost 2>&1 | grep -c "settings/settings: blackout daily 02:00-03:00 is lost on $next: clocks skip it"
| 1
