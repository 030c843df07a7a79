# A tree that is suspect applies nothing.
$ splintarr apply home --yes | tail -1
| splintarr: created the state in 'DIR/state'; its key is 'DIR/state/key': keep a copy elsewhere, a backup is worth nothing without it
| Applied revision 1 in N ms: 7 added, 0 changed, 0 removed.
$ mv home/splintarr.yaml away
$ splintarr apply home --yes
| splintarr: 'home' has no splintarr.yaml with 'version: 1': is the right directory mounted there? nothing was applied
= 5
$ mv away home/splintarr.yaml
$ : > home/exclusions.yaml
$ splintarr apply home --yes
| Source  home (no git)
| State   revision 1, applied DATE
|
|   - exclusion/abandoned                                            was exclusions.yaml:6
|       - match.titles_file  lists/abandoned.txt
|       => history kept until DAY
|
|   - exclusion/old-reality                                          was exclusions.yaml:2
|       - match.title_regex  '^(Big Brother|Love Island)\b'
|       - reason    not worth the indexer budget
|       => history kept until DAY
|
| Plan: 0 to add, 0 to change, 2 to remove, 5 unchanged.
| Held: all 2 exclusions would be removed.
|       to go ahead:  splintarr apply --allow-prune=2
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-main: api_key: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
| Warning: api_key comes from the environment (instances.yaml:11)
| splintarr: held; nothing was applied
= 5
$ splintarr apply home --yes --allow-prune=3 | grep Held
| splintarr: --allow-prune=3 was given, but this plan removes 2; nothing was applied
| Held: all 2 exclusions would be removed.
$ splintarr apply home --yes --allow-prune=2 | tail -1
| Applied revision 2 in N ms: 0 added, 0 changed, 2 removed.
# What is protected stays, whatever is allowed.
$ sed -i '/sonarr-main/,/protect/d' home/instances.yaml
$ splintarr apply home --yes --allow-prune=1
| Source  home (no git)
| State   revision 2, applied DATE
|
|   - instance/sonarr-main                                           was instances.yaml:2
|       - protect   true
|       - type      sonarr
|       - url       http://sonarr:8989
|       - api_key   (secret) secret:sonarr-main-key
|       - tags      [hd]
|       => history kept until DAY
|
| Plan: 0 to add, 0 to change, 1 to remove, 4 unchanged.
| Held: instance/sonarr-main is protected and would be removed.
|       to go ahead:  declare instance/sonarr-main again with  protect: false, apply, then remove it
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: api_key comes from the environment (instances.yaml:5)
| Warning: queue/tv-missing: selects no instance (queues.yaml:7)
| splintarr: held; nothing was applied
= 5
$ splintarr diff home -o json | grep -A6 '"held"'
|   "status": "held",
|   "summary": {
|     "add": 0,
|     "change": 0,
|     "remove": 1,
|     "rename": 0,
|     "unchanged": 4
| --
|   "held": [
|     {
|       "guard": "protect",
|       "message": "instance/sonarr-main is protected and would be removed.",
|       "release": "declare instance/sonarr-main again with  protect: false, apply, then remove it"
|     }
|   ],
$ splintarr apply home --yes --no-prune
| Source  home (no git)
| State   revision 2, applied DATE
|
| No changes. 4 resources match revision 2.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-main is no longer declared (was instances.yaml:2) and kept: --no-prune.
| Warning: api_key comes from the environment (instances.yaml:5)
| Warning: queue/tv-missing: selects no instance (queues.yaml:7)
