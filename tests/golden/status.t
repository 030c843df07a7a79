# One screen. A state in which nothing was applied yet says so, and is not in order.
$ printf x | splintarr -q secret set a-key
| Stored the secret 'a-key'. Refer to it as {secret: a-key}.
$ splintarr status --check
| Daemon    none: nothing runs by itself (splintarr daemon)
| State     nothing applied yet:  splintarr apply
| Resources 0: 0 ready, 0 suspended, 0 waiting, 0 need a human
| Searches  0 in the last 24 hours, 0 grabbed, 0 not judged yet
= 1
$ splintarr status -o json | grep -E '"(revision|applied_at|total)"'
|   "revision": 0,
|   "applied_at": null,
|     "total": 0,
# What was paused by hand is told beside what waits for a human.
$ splintarr -q apply --yes home >/dev/null
$ splintarr pause queue/tv-missing --reason 'disk full'
| Paused queue/tv-missing until:  splintarr resume queue/tv-missing
$ splintarr pause instance/sonarr-main --for 2h
| Paused instance/sonarr-main until DATE.
$ splintarr status | grep -v '^State'
| Daemon    none: nothing runs by itself (splintarr daemon)
| Resources 7: 4 ready, 1 suspended, 0 waiting, 2 need a human
| Searches  0 in the last 24 hours, 0 grabbed, 0 not judged yet
|
| Needs a human
|   instance/radarr-main  SecretMissing: the environment variable RADARR_API_KEY is not set here
|   instance/sonarr-main  SecretMissing: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
|
| Paused
|   instance/sonarr-main  until DATE, by cli:uid=N
|   queue/tv-missing  until resumed, by cli:uid=N: disk full
$ splintarr status -o json | sed -n '/"waiting"/,$p' | sed -n '2,$p'
|     "stalled": 2
|   },
|   "searches": {
|     "last_24h": 0,
|     "grabbed": 0,
|     "open": 0
|   },
|   "stalled": [
|     {
|       "address": "instance/radarr-main",
|       "reason": "SecretMissing",
|       "message": "the environment variable RADARR_API_KEY is not set here"
|     },
|     {
|       "address": "instance/sonarr-main",
|       "reason": "SecretMissing",
|       "message": "the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key"
|     }
|   ],
|   "waiting": [],
|   "pauses": [
|     {
|       "address": "instance/sonarr-main",
|       "until": "DATE",
|       "by": "cli:uid=N",
|       "reason": ""
|     },
|     {
|       "address": "queue/tv-missing",
|       "until": null,
|       "by": "cli:uid=N",
|       "reason": "disk full"
|     }
|   ]
| }
