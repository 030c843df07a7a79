# Looking back, and going back.
$ splintarr history
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
$ splintarr apply home --yes >/dev/null; sed -i 's/20/30/' home/queues.yaml; cd home; splintarr apply --yes --reason 'more at once' | tail -1
| splintarr: created the state in 'DIR/state'; its key is 'DIR/state/key': keep a copy elsewhere, a backup is worth nothing without it
| Applied revision 2 in N ms: 0 added, 1 changed, 0 removed.
$ cd home; rm exclusions.yaml; splintarr apply --yes --allow-prune=2 | tail -1
| Applied revision 3 in N ms: 0 added, 0 changed, 2 removed.
$ splintarr history | tr -s ' '
| REV APPLIED BY COMMIT CHANGES
| 3 DATE cli:uid=N - +0 ~0 -2
| 2 DATE cli:uid=N - +0 ~1 -0 more at once
| 1 DATE cli:uid=N - +7 ~0 -0
$ splintarr history --limit 1 -o json
| {
|   "format_version": "1.0",
|   "pinned": null,
|   "revisions": [
|     {
|       "revision": 3,
|       "applied_at": "DATE",
|       "actor": "cli:uid=N",
|       "reason": null,
|       "digest": "sha256:HASH",
|       "git": null,
|       "summary": {
|         "resources": 5,
|         "added": 0,
|         "changed": 0,
|         "removed": 2
|       }
|     }
|   ]
| }
$ splintarr history 2
| Revision  2, applied DATE by cli:uid=N
| Reason    more at once
| Digest    sha256:HASH
|
|   ~ queue/movies-upgrade                                           queues.yaml:2
|       ~ batch     20 -> 30                                         queues.yaml:5
|
| 0 added, 1 changed, 0 removed; 7 resources.
$ splintarr history 3
| Revision  3, applied DATE by cli:uid=N
| Digest    sha256:HASH
|
|   - exclusion/abandoned                                            was exclusions.yaml:6
|       - match.titles_file  lists/abandoned.txt
|
|   - exclusion/old-reality                                          was exclusions.yaml:2
|       - match.title_regex  '^(Big Brother|Love Island)\b'
|       - reason    not worth the indexer budget
|
| 0 added, 0 changed, 2 removed; 5 resources.
$ splintarr history 3 -o json | grep -c old-reality
| 1
$ splintarr history 9
| splintarr: there is no revision 9 (splintarr history)
= 2
$ splintarr history last
| splintarr: 'last' is not the number of a revision
= 2
# Against an older revision: only a look.
$ cd home; splintarr diff --against 1
| Source  . (no git)
| Against revision 1, applied DATE
|
|   ~ queue/movies-upgrade                                           queues.yaml:2
|       ~ batch     20 -> 30                                         queues.yaml:5
|         (2 unchanged)
|
|   - exclusion/abandoned                                            was exclusions.yaml:6
|       - match.titles_file  lists/abandoned.txt
|
|   - exclusion/old-reality                                          was exclusions.yaml:2
|       - match.title_regex  '^(Big Brother|Love Island)\b'
|       - reason    not worth the indexer budget
|
| Plan: 0 to add, 1 to change, 2 to remove, 4 unchanged.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-main: api_key: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
| Warning: api_key comes from the environment (instances.yaml:11)
= 1
$ cd home; splintarr diff --against 7
| splintarr: there is no revision 7; the newest is 3 (splintarr history)
= 2
$ cd home; splintarr diff --against yesterday
| splintarr: '--against yesterday': the number of a revision
= 2
# Back to the one before; nobody to ask without --yes.
$ cd home; splintarr rollback
| Source  revision 2
| State   revision 3, applied DATE
|
|   + exclusion/abandoned                                            exclusions.yaml:6
|       => comes back with its history, removed DAY
|
|   + exclusion/old-reality                                          exclusions.yaml:2
|       => comes back with its history, removed DAY
|
| Plan: 2 to add, 0 to change, 0 to remove, 5 unchanged.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-main: api_key: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
| splintarr: nobody to ask here; nothing was applied (--yes applies without asking)
= 5
$ cd home; splintarr rollback --yes | tail -2
| Back at revision 2, applied as revision 4: 2 added, 0 changed, 0 removed.
| Pinned until the tree changes, or:  splintarr apply
$ splintarr status | head -3
| Daemon    none: nothing runs by itself (splintarr daemon)
| State     revision 4, applied DATE by cli:uid=N
| Pinned    to revision 2 since DATE by cli:uid=N; ends when the tree changes, or:  splintarr apply
$ splintarr history --limit 2 | tr -s ' '
| REV APPLIED BY COMMIT CHANGES
| 4 DATE cli:uid=N - +2 ~0 -0 rollback to 2
| 3 DATE cli:uid=N - +0 ~0 -2
$ cd home; splintarr diff
| Source  . (no git)
| State   revision 4, applied DATE
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
| Pinned to revision 2 since DATE by cli:uid=N; ends when the tree changes, or:  splintarr apply
| Held: all 2 exclusions would be removed.
|       to go ahead:  splintarr apply --allow-prune=2
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-main: api_key: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
| Warning: api_key comes from the environment (instances.yaml:11)
= 1
$ cd home; splintarr diff -o json | grep -A5 '"pin"'
|   "pin": {
|     "revision": 2,
|     "since": "DATE",
|     "actor": "cli:uid=N"
|   },
|   "notes": [
# The same tree, applied by a person, ends it.
$ cd home; splintarr apply --yes --allow-prune=2 | tail -1
| Applied revision 5 in N ms: 0 added, 0 changed, 2 removed.
$ splintarr status | sed -n 3p
| Resources 5: 3 ready, 0 suspended, 0 waiting, 2 need a human
$ cd home; splintarr rollback 1 --yes --reason 'as it was' | tail -2
| Back at revision 1, applied as revision 6: 2 added, 1 changed, 0 removed.
| Pinned until the tree changes, or:  splintarr apply
# A changed tree ends it, too; an invalid one can be set aside.
$ cd home; echo 'queues: 7' >more.yaml; splintarr diff | grep Pinned
| warning[W007]: api_key comes from the environment
|    --> instances.yaml:11:20
|     |
|  11 |     api_key: {env: RADARR_API_KEY}
|     |                    ^^^^^^^^^^^^^^
|     = anyone who may inspect the process or container sees it
|
| error[E102]: queues takes a map from names to queues
|   --> more.yaml:1:9
|    |
|  1 | queues: 7
|    |         ^
|    = what it declares is unknown: references elsewhere are not checked until it can be read
|
| 1 error in 1 file
= 1
$ cd home; splintarr rollback 3 --yes --allow-prune=2 | tail -2
| Back at revision 3, applied as revision 7: 0 added, 1 changed, 2 removed.
| Pinned until the tree changes, or:  splintarr apply
$ cd home; splintarr rollback 99
| splintarr: there is no revision 99; the newest is 7 (splintarr history)
= 2
$ splintarr -C nowhere rollback
| splintarr: there is no configuration in 'nowhere': 'splintarr init DIR' writes one to start from, -C DIR names another place
= 4
# Two trees, offline.
$ rm -rf state home/more.yaml; cp -r home other; sed -i 's/6h/12h/' other/queues.yaml
$ splintarr diff --from home --to other
| Source  other (no git)
| Against home
|
|   ~ queue/tv-missing                                               queues.yaml:6
|       ~ schedule.every  6h -> 12h                                  queues.yaml:8
|         (1 unchanged)
|
| Plan: 0 to add, 1 to change, 0 to remove, 4 unchanged.
| Warning: api_key comes from the environment (instances.yaml:11)
= 1
$ splintarr diff --from home --to home
| Source  home (no git)
| Against home
|
| No changes. 5 resources match home.
| Warning: api_key comes from the environment (instances.yaml:11)
$ splintarr diff --from home --to other --exit-zero -o json | grep -A6 '"state"'
|   "state": {
|     "revision": 0,
|     "applied_at": null,
|     "digest": "sha256:HASH",
|     "root": "home"
|   },
|   "source": {
$ echo 'queues: 7' >other/more.yaml; splintarr diff --from home --to other 2>&1 | grep -v '^ '
| splintarr: 'other' is invalid:
| warning[W007]: api_key comes from the environment
|
| error[E102]: queues takes a map from names to queues
|
| 1 error in 1 file; nothing compared.
$ splintarr diff --to other
| splintarr: --to needs --from:  splintarr diff --from A --to B
= 2
$ splintarr diff --from home --to other --out plan
| splintarr: --out and --from contradict each other
= 2
$ test -e state
= 1
