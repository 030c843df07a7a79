# A queue to start another one from.
$ splintarr -q apply --yes home >/dev/null
$ splintarr queue clone tv-missing tv-slow | tee home/tv-slow.yaml
| queues:
|   tv-slow:
|     extends: tv-missing
$ splintarr diff home | grep -E '^Plan|  \+ queue'
|   + queue/tv-slow                                                  tv-slow.yaml:2
| Plan: 1 to add, 0 to change, 0 to remove, 7 unchanged.
$ splintarr queue clone tv-missing tv-missing
| splintarr: there is a queue 'tv-missing' already
= 2
$ splintarr queue clone nothing tv-slow
| splintarr: there is no queue 'nothing'; splintarr get queues lists them
= 2
$ splintarr queue clone tv-missing 'TV slow'
| splintarr: 'TV slow' is not a name
= 2
$ splintarr queue copy tv-missing tv-slow
| splintarr: there is no 'queue copy': splintarr queue clone A B
= 2
# Its gates on each of its instances, in order, with their numbers.
$ splintarr pause queue/tv-missing --reason 'disk full' >/dev/null
$ splintarr why queue/tv-missing
| queue/tv-missing: paused
|
| queue/tv-missing@sonarr-main
|   - suspended            nothing it depends on is
|   x paused               by cli:uid=N: disk full; until splintarr resume
|   - auto_paused_failures 0 of 5 failed runs in a row
|   - instance_unhealthy   unknown
|   - resume_backoff       after an outage 10m, more when it keeps going down
|   - outside_window       no windows
|   - in_blackout          no blackouts
|   - in_flight            0 searches of earlier runs may still be running there; 1 at once
|   - cap_hour             0 of 20 searches in the last 1 h
|   - cap_day              0 of 200 searches in the last 24 h
|   - min_gap              15s between two searches of the instance, the last never
|   - download_queue_full  asked in each run; closed from 10 active downloads on, and when that cannot be told
|   - indexers_unavailable asked in each run
|   - nothing_eligible     asked in each run; there was none yet
|
| Last runs
