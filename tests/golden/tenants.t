# A tenant's directory does what its user may.
$ splintarr -q apply shared --yes | tail -1
| Applied revision 1 in N ms: 10 added, 0 changed, 0 removed.
$ for s in main-key alice/box-key bob/films-key; do printf k | splintarr -q secret set $s; done >/dev/null
$ splintarr get queues
| NAME         STRATEGY  ORDER  BATCH  INSTANCES       STATUS  DECLARED
| alice/drama  missing   smart  5      alice/box main  ready   tenants/alice/all.yaml:4
| bob/old      missing   smart  10     bob/films       ready   tenants/bob/all.yaml:4
| tv           missing   smart  10     main            ready   splintarr.yaml:11
# Another tenant's mistake is his alone; the exit code says that something is wrong.
$ sed -i 's/batch: 5/batch: 6/' shared/tenants/alice/all.yaml
$ sed -i 's/films\]/flims]/' shared/tenants/bob/all.yaml
$ splintarr validate shared 2>&1 | grep -A5 '^error'; echo exit ${PIPESTATUS[0]}
| error[E204]: queue/bob/old refers to instance 'flims', which does not exist
|   --> tenants/bob/all.yaml:4:21
|    |
|  4 |   old: {instances: [flims]}
|    |                     ^^^^^
|    = did you mean 'films' (tenants/bob/all.yaml:2)?
| exit 3
$ splintarr apply shared --yes 2>findings | grep -v ^Note; echo exit ${PIPESTATUS[0]}; grep error findings
| Source  shared (no git)
| State   revision 1, applied DATE
|
|   ~ instance/alice/box                                             tenants/alice/all.yaml:2
|       ~ api_key   (secret) now there  secret:box-key               tenants/alice/all.yaml:2
|         (2 unchanged)
|
|   ~ instance/main                                                  splintarr.yaml:7
|       ~ api_key   (secret) now there  secret:main-key              splintarr.yaml:7
|         (2 unchanged)
|
|   ~ queue/alice/drama                                              tenants/alice/all.yaml:4
|       ~ batch     5 -> 6                                           tenants/alice/all.yaml:4
|         (1 unchanged)
|
| Plan: 0 to add, 3 to change, 0 to remove, 7 unchanged.
| Not applied: tenants/bob/: tenants/bob/all.yaml:4: queue/bob/old refers to instance 'flims', which does not exist
|
| Applied revision 2 in N ms: 0 added, 3 changed, 0 removed.
| exit 3
| error[E204]: queue/bob/old refers to instance 'flims', which does not exist
| 1 error in 1 file
$ splintarr diff shared 2>findings | grep -v ^Note; echo exit ${PIPESTATUS[0]}; grep error findings
| Source  shared (no git)
| State   revision 2, applied DATE
|
| No changes. 10 resources match revision 2.
| Not applied: tenants/bob/: tenants/bob/all.yaml:4: queue/bob/old refers to instance 'flims', which does not exist
| exit 3
| error[E204]: queue/bob/old refers to instance 'flims', which does not exist
| 1 error in 1 file
$ splintarr diff shared -o json 2>/dev/null | grep -A8 not_applied
|   "not_applied": [
|     {
|       "domain": "bob",
|       "reason": "Rejected",
|       "guard": null,
|       "message": "tenants/bob/all.yaml:4: queue/bob/old refers to instance 'flims', which does not exist",
|       "release": null
|     }
|   ],
$ splintarr diff shared -o markdown | grep -A2 CAUTION
| > [!CAUTION]
| > **tenants/bob/: rejected**, nothing of it is applied: tenants/bob/all.yaml:4: queue/bob/old refers to instance 'flims', which does not exist
|
# The root's mistake leaves the tenants alone, too: they go by what was applied of it.
$ sed -i 's/flims\]/films]/' shared/tenants/bob/all.yaml
$ sed -i 's/batch: 6/batch: 7/' shared/tenants/alice/all.yaml
$ sed -i 's/{instances: \[main\]}/{instances: [mian]}/' shared/splintarr.yaml
$ splintarr apply shared --yes 2>findings | grep -v ^Note; echo exit ${PIPESTATUS[0]}; grep error findings
| Source  shared (no git)
| State   revision 2, applied DATE
|
|   ~ instance/bob/films                                             tenants/bob/all.yaml:2
|       ~ api_key   (secret) now there  secret:films-key             tenants/bob/all.yaml:2
|         (2 unchanged)
|
|   ~ queue/alice/drama                                              tenants/alice/all.yaml:4
|       ~ batch     6 -> 7                                           tenants/alice/all.yaml:4
|         (1 unchanged)
|
| Plan: 0 to add, 2 to change, 0 to remove, 8 unchanged.
| Not applied: the root tree: splintarr.yaml:11: queue/tv refers to instance 'mian', which does not exist
|
| Applied revision 3 in N ms: 0 added, 2 changed, 0 removed.
| exit 3
| error[E204]: queue/tv refers to instance 'mian', which does not exist
| 1 error in 1 file
$ sed -i 's/mian/main/' shared/splintarr.yaml
$ splintarr diff shared | grep -v ^Note
| Source  shared (no git)
| State   revision 3, applied DATE
|
| No changes. 10 resources match revision 3.
# A directory that vanished is held for that tenant.
$ mv shared/tenants/bob bob
$ sed -i 's/batch: 7/batch: 8/' shared/tenants/alice/all.yaml
$ splintarr apply shared --yes | grep -v ^Note; echo exit ${PIPESTATUS[0]}
| Source  shared (no git)
| State   revision 3, applied DATE
|
|   ~ queue/alice/drama                                              tenants/alice/all.yaml:4
|       ~ batch     7 -> 8                                           tenants/alice/all.yaml:4
|         (1 unchanged)
|
| Plan: 0 to add, 1 to change, 0 to remove, 9 unchanged.
| Held: tenants/bob/: it is gone, and all it declared would be removed: queue/bob/old, instance/bob/films.
|       to go ahead:  splintarr apply --allow-prune=2
|
| Applied revision 4 in N ms: 0 added, 1 changed, 0 removed.
| exit 5
$ splintarr diff shared | grep -A1 Held; echo exit ${PIPESTATUS[0]}
| Held: tenants/bob/: it is gone, and all it declared would be removed: queue/bob/old, instance/bob/films.
|       to go ahead:  splintarr apply --allow-prune=2
| exit 1
$ splintarr apply shared --yes --allow-prune=3 | grep -c Applied; echo exit ${PIPESTATUS[0]}
| 0
| exit 5
$ splintarr apply shared --yes --allow-prune=2 | tail -1
| Applied revision 5 in N ms: 0 added, 0 changed, 2 removed.
$ mv bob shared/tenants/bob
$ splintarr apply shared --yes | tail -1
| Applied revision 6 in N ms: 2 added, 0 changed, 0 removed.
# What ends with a share, or with a user, stops; it is not pruned.
$ sed -i 's/alice: read-write/alice: read-only/' shared/splintarr.yaml
$ splintarr apply shared --yes 2>&1 | grep -E 'Not applied|^error|= in the root'
| Not applied: tenants/alice/: tenants/alice/all.yaml:4: queue/alice/drama refers to instance/main, which is not shared read-write with alice
| error[E403]: queue/alice/drama refers to instance/main, which is not shared read-write with alice
|    = in the root tree:  shares: {main: {alice: read-write}}
$ splintarr get queues
| NAME         STRATEGY  ORDER  BATCH  INSTANCES       STATUS     DECLARED
| alice/drama  missing   smart  8      alice/box main  NotShared  tenants/alice/all.yaml:4
| bob/old      missing   smart  10     bob/films       ready      tenants/bob/all.yaml:4
| tv           missing   smart  10     main            ready      splintarr.yaml:11
$ sed -i 's/alice: read-only/alice: read-write/; /bob:/d' shared/splintarr.yaml
$ splintarr apply shared --yes | grep -E 'Warning|Applied'
| Warning: the directory tenants/bob/ belongs to no declared user: nothing in it runs (tenants/bob/all.yaml:2)
| Applied revision 8 in N ms: 0 added, 1 changed, 1 removed.
$ splintarr get queues
| NAME         STRATEGY  ORDER  BATCH  INSTANCES       STATUS      DECLARED
| alice/drama  missing   smart  8      alice/box main  ready       tenants/alice/all.yaml:4
| bob/old      missing   smart  10     bob/films       NotAllowed  tenants/bob/all.yaml:4
| tv           missing   smart  10     main            ready       splintarr.yaml:10
$ splintarr describe queue/bob/old | grep -E 'Ready|Suspended|NotAllowed'
|   Ready      False    NotAllowed: the directory tenants/bob/ belongs to no declared user: nothing in it runs
|   Suspended  True     NotAllowed: the directory tenants/bob/ belongs to no declared user: nothing in it runs
|   Stalled    True     NotAllowed: the directory tenants/bob/ belongs to no declared user: nothing in it runs
