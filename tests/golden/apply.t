# Before the first apply; a look creates nothing.
$ splintarr diff home
| Source  home (no git)
| State   nothing applied yet
|
|   + settings                                                       splintarr.yaml:2
|       + 23 fields at their defaults
|
|   + instance/radarr-main                                           instances.yaml:8
|       + type      radarr
|       + url       http://radarr:7878
|       + api_key   (secret) env:RADARR_API_KEY
|       + 16 fields at their defaults
|
|   + instance/sonarr-main                                           instances.yaml:2
|       + protect   true
|       + type      sonarr
|       + url       http://sonarr:8989
|       + api_key   (secret) secret:sonarr-main-key
|       + tags      [hd]
|       + 15 fields at their defaults
|
|   + exclusion/abandoned                                            exclusions.yaml:6
|       + match.titles_file  lists/abandoned.txt
|       + 3 fields at their defaults
|
|   + exclusion/old-reality                                          exclusions.yaml:2
|       + match.title_regex  '^(Big Brother|Love Island)\b'
|       + reason    not worth the indexer budget
|       + 3 fields at their defaults
|
|   + queue/movies-upgrade                                           queues.yaml:2
|       + profile   builtin/weekly-upgrade
|       + instances  [radarr-main]
|       + batch     20
|       + 14 fields at their defaults
|
|   + queue/tv-missing                                               queues.yaml:6
|       + instances  {type: sonarr}
|       + schedule.every  6h
|       + 13 fields at their defaults
|
| Plan: 7 to add, 0 to change, 0 to remove, 0 unchanged.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-main: api_key: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
| Warning: api_key comes from the environment (instances.yaml:11)
= 1
$ test -e state
= 1
$ splintarr secret list
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
$ splintarr db check
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
# Nobody to ask: nothing happens.
$ splintarr apply home | tail -1
| splintarr: nobody to ask here; nothing was applied (--yes applies without asking)
| Warning: api_key comes from the environment (instances.yaml:11)
$ test -e state
= 1
# The first apply makes the state and its key.
$ printf 'a-secret-value' | splintarr secret set sonarr-main-key
| splintarr: created the state in 'DIR/state'; its key is 'DIR/state/key': keep a copy elsewhere, a backup is worth nothing without it
| Stored the secret 'sonarr-main-key'. Refer to it as {secret: sonarr-main-key}.
$ export RADARR_API_KEY=another-secret-value; splintarr apply home --yes --reason 'first of all' | tail -3
| Warning: api_key comes from the environment (instances.yaml:11)
|
| Applied revision 1 in N ms: 7 added, 0 changed, 0 removed.
$ stat -c '%a %n' state state/key
| 700 state
| 600 state/key
$ splintarr diff home
| Source  home (no git)
| State   revision 1, applied DATE
|
| No changes. 7 resources match revision 1.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: api_key comes from the environment (instances.yaml:11)
$ splintarr apply home --yes
| Source  home (no git)
| State   revision 1, applied DATE
|
| No changes. 7 resources match revision 1.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: api_key comes from the environment (instances.yaml:11)
$ splintarr db check
| The database in 'DIR/state' is sound.
# Changes of every sort.
$ sed -i 's/batch: 20/batch: 5/; s/every: 6h/every: 12h/' home/queues.yaml
$ sed -i '/old-reality/,/reason/d' home/exclusions.yaml
$ echo 'Third Show' >> home/lists/abandoned.txt
$ cat > home/more.yaml <<END
> instances:
>   sonarr-4k:
>     type: sonarr
>     url: https://sonarr-4k.home.example
>     api_key: {credential: sonarr-4k-key}
>     tags: [uhd]
>     library: {sync: 12h}
> END
$ printf 'a-rotated-value' | splintarr secret set sonarr-main-key
| Stored the secret 'sonarr-main-key'. Refer to it as {secret: sonarr-main-key}.
$ splintarr diff home
| Source  home (no git)
| State   revision 1, applied DATE
|
|   + instance/sonarr-4k                                             more.yaml:2
|       + type      sonarr
|       + url       https://sonarr-4k.home.example
|       + api_key   (secret) credential:sonarr-4k-key
|       + tags      [uhd]
|       + library.sync  12h
|       + 15 fields at their defaults
|
|   ~ instance/sonarr-main                                           instances.yaml:2
|       ~ api_key   (secret) changed  secret:sonarr-main-key         instances.yaml:5
|         (4 unchanged)
|
|   ~ exclusion/abandoned                                            exclusions.yaml:2
|       ~ match.titles_file  lists/abandoned.txt  (content changed)   exclusions.yaml:4
|
|   ~ queue/movies-upgrade                                           queues.yaml:2
|       ~ batch     20 -> 5                                          queues.yaml:5
|         (2 unchanged)
|
|   ~ queue/tv-missing                                               queues.yaml:6
|       ~ schedule.every  6h -> 12h                                  queues.yaml:8
|         (1 unchanged)
|
|   - exclusion/old-reality                                          was exclusions.yaml:2
|       - match.title_regex  '^(Big Brother|Love Island)\b'
|       - reason    not worth the indexer budget
|       => history kept until DAY
|
| Plan: 1 to add, 4 to change, 1 to remove, 2 unchanged.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-4k: api_key: the credential 'sonarr-4k-key' is not here: systemd hands it to the service by LoadCredential=sonarr-4k-key:FILE
| Warning: api_key comes from the environment (instances.yaml:11)
= 1
$ splintarr diff home --only queue/tv-missing --exit-zero
| Source  home (no git)
| State   revision 1, applied DATE
|
|   ~ queue/tv-missing                                               queues.yaml:6
|       ~ schedule.every  6h -> 12h                                  queues.yaml:8
|         (1 unchanged)
|
| Plan: 1 to add, 4 to change, 1 to remove, 2 unchanged.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-4k: api_key: the credential 'sonarr-4k-key' is not here: systemd hands it to the service by LoadCredential=sonarr-4k-key:FILE
| Warning: api_key comes from the environment (instances.yaml:11)
$ splintarr diff home -o markdown
| ### Splintarr plan: changes
|
| `home`, state: `revision 1`
|
| ```diff
| + instance/sonarr-4k                                               more.yaml:2
| +     type      sonarr
| +     url       https://sonarr-4k.home.example
| +     api_key   (secret) credential:sonarr-4k-key
| +     tags      [uhd]
| +     library.sync  12h
| +     15 fields at their defaults
|
| ! instance/sonarr-main                                             instances.yaml:2
| !     api_key   (secret) changed  secret:sonarr-main-key           instances.yaml:5
|       (4 unchanged)
|
| ! exclusion/abandoned                                              exclusions.yaml:2
| !     match.titles_file  lists/abandoned.txt  (content changed)    exclusions.yaml:4
|
| ! queue/movies-upgrade                                             queues.yaml:2
| !     batch     20 -> 5                                            queues.yaml:5
|       (2 unchanged)
|
| ! queue/tv-missing                                                 queues.yaml:6
| !     schedule.every  6h -> 12h                                    queues.yaml:8
|       (1 unchanged)
|
| - exclusion/old-reality                                            was exclusions.yaml:2
| -     match.title_regex  '^(Big Brother|Love Island)\b'
| -     reason    not worth the indexer budget
|       => history kept until DAY
| ```
|
| Plan: 1 to add, 4 to change, 1 to remove, 2 unchanged.
|
| - Warning: instance/radarr-main: api\_key: the environment variable RADARR\_API\_KEY is not set here
| - Warning: instance/sonarr-4k: api\_key: the credential 'sonarr-4k-key' is not here: systemd hands it to the service by LoadCredential=sonarr-4k-key:FILE
| - Warning: api\_key comes from the environment (instances.yaml:11)
= 1
$ splintarr diff home -o json
| {
|   "format_version": "1.0",
|   "splintarr_version": "VERSION",
|   "state": {
|     "revision": 1,
|     "applied_at": "DATE",
|     "digest": "sha256:HASH"
|   },
|   "source": {
|     "digest": "sha256:HASH",
|     "files": 5,
|     "root": "home",
|     "git": null
|   },
|   "status": "ready",
|   "summary": {
|     "add": 1,
|     "change": 4,
|     "remove": 1,
|     "rename": 0,
|     "unchanged": 2
|   },
|   "changes": [
|     {
|       "address": "instance/sonarr-4k",
|       "action": "create",
|       "reason": "created",
|       "declared_at": {
|         "file": "more.yaml",
|         "line": 2,
|         "column": 3
|       },
|       "fields": [
|         {
|           "path": "type",
|           "to": "sonarr",
|           "at": {
|             "file": "more.yaml",
|             "line": 3,
|             "column": 11
|           }
|         },
|         {
|           "path": "url",
|           "to": "https://sonarr-4k.home.example",
|           "at": {
|             "file": "more.yaml",
|             "line": 4,
|             "column": 10
|           }
|         },
|         {
|           "path": "api_key",
|           "sensitive": true,
|           "changed": true,
|           "to": {
|             "source": "credential",
|             "ref": "sonarr-4k-key",
|             "fingerprint": null
|           },
|           "at": {
|             "file": "more.yaml",
|             "line": 5,
|             "column": 14
|           }
|         },
|         {
|           "path": "tags",
|           "to": [
|             "uhd"
|           ],
|           "at": {
|             "file": "more.yaml",
|             "line": 6,
|             "column": 11
|           }
|         },
|         {
|           "path": "library.sync",
|           "to": "12h",
|           "at": {
|             "file": "more.yaml",
|             "line": 7,
|             "column": 21
|           }
|         }
|       ]
|     },
|     {
|       "address": "instance/sonarr-main",
|       "action": "update",
|       "reason": "secret_rotated",
|       "declared_at": {
|         "file": "instances.yaml",
|         "line": 2,
|         "column": 3
|       },
|       "fields": [
|         {
|           "path": "api_key",
|           "sensitive": true,
|           "changed": true,
|           "from": {
|             "source": "secret",
|             "ref": "sonarr-main-key",
|             "fingerprint": "k1:PRINT"
|           },
|           "to": {
|             "source": "secret",
|             "ref": "sonarr-main-key",
|             "fingerprint": "k1:PRINT"
|           },
|           "at": {
|             "file": "instances.yaml",
|             "line": 5,
|             "column": 14
|           }
|         }
|       ]
|     },
|     {
|       "address": "exclusion/abandoned",
|       "action": "update",
|       "reason": "spec_changed",
|       "declared_at": {
|         "file": "exclusions.yaml",
|         "line": 2,
|         "column": 3
|       },
|       "fields": [
|         {
|           "path": "match[0].titles_file",
|           "from": "lists/abandoned.txt",
|           "to": "lists/abandoned.txt",
|           "from_digest": "sha256:HASH",
|           "to_digest": "sha256:HASH",
|           "at": {
|             "file": "exclusions.yaml",
|             "line": 4,
|             "column": 22
|           }
|         }
|       ]
|     },
|     {
|       "address": "queue/movies-upgrade",
|       "action": "update",
|       "reason": "spec_changed",
|       "declared_at": {
|         "file": "queues.yaml",
|         "line": 2,
|         "column": 3
|       },
|       "fields": [
|         {
|           "path": "batch",
|           "from": 20,
|           "to": 5,
|           "at": {
|             "file": "queues.yaml",
|             "line": 5,
|             "column": 12
|           }
|         }
|       ]
|     },
|     {
|       "address": "queue/tv-missing",
|       "action": "update",
|       "reason": "spec_changed",
|       "declared_at": {
|         "file": "queues.yaml",
|         "line": 6,
|         "column": 3
|       },
|       "fields": [
|         {
|           "path": "schedule.every",
|           "from": "6h",
|           "to": "12h",
|           "at": {
|             "file": "queues.yaml",
|             "line": 8,
|             "column": 23
|           }
|         }
|       ]
|     },
|     {
|       "address": "exclusion/old-reality",
|       "action": "remove",
|       "reason": "not_in_source",
|       "last_declared_at": {
|         "file": "exclusions.yaml",
|         "line": 2,
|         "commit": null
|       },
|       "retained_until": "DATE",
|       "fields": [
|         {
|           "path": "match[0].title_regex",
|           "from": "^(Big Brother|Love Island)\\b"
|         },
|         {
|           "path": "reason",
|           "from": "not worth the indexer budget"
|         }
|       ]
|     }
|   ],
|   "held": [],
|   "not_applied": [],
|   "pin": null,
|   "notes": [
|     "instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here",
|     "instance/sonarr-4k: api_key: the credential 'sonarr-4k-key' is not here: systemd hands it to the service by LoadCredential=sonarr-4k-key:FILE"
|   ],
|   "diagnostics": [
|     {
|       "severity": "warning",
|       "code": "W007",
|       "message": "api_key comes from the environment",
|       "file": "instances.yaml",
|       "line": 11,
|       "column": 20,
|       "end_column": 34,
|       "snippet": "    api_key: {env: RADARR_API_KEY}",
|       "hint": "anyone who may inspect the process or container sees it",
|       "related": []
|     }
|   ]
| }
= 1
$ splintarr apply home --yes | tail -1
| Applied revision 2 in N ms: 1 added, 4 changed, 1 removed.
$ splintarr diff home | tail -1
| Warning: api_key comes from the environment (instances.yaml:11)
# What is removed comes back.
$ cat >> home/exclusions.yaml <<END
>   old-reality:
>     match:
>       - title_regex: '^(Big Brother|Love Island)\b'
>     reason: not worth the indexer budget
> END
$ splintarr diff home
| Source  home (no git)
| State   revision 2, applied DATE
|
|   + exclusion/old-reality                                          exclusions.yaml:5
|       => comes back with its history, removed DAY
|
| Plan: 1 to add, 0 to change, 0 to remove, 7 unchanged.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-4k: api_key: the credential 'sonarr-4k-key' is not here: systemd hands it to the service by LoadCredential=sonarr-4k-key:FILE
| Warning: api_key comes from the environment (instances.yaml:11)
= 1
