# Removed resources come back with their history, until their time is over or they are purged.
$ splintarr purge old-reality
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
$ splintarr apply home --yes >/dev/null 2>&1; sed -i '/radarr/,$d' home/instances.yaml; sed -i '/movies-upgrade/,/batch/d' home/queues.yaml
$ splintarr apply home --yes | tail -1
| Applied revision 2 in N ms: 0 added, 0 changed, 2 removed.
$ splintarr get instances --archived
| NAME         REMOVED               KEPT UNTIL
| radarr-main  DATE  DATE
$ splintarr purge radarr-main
| instance/radarr-main, removed DATE, is kept until DATE with its library and history.
| splintarr: nobody to ask here; nothing was purged (--yes purges without asking)
= 5
$ splintarr purge instance/sonarr-main
| splintarr: instance/sonarr-main is live: take it out of instances.yaml:2 and apply; then it can be purged
= 5
$ splintarr purge movies --yes
| splintarr: nothing that was removed is called 'movies' (splintarr get KIND --archived)
= 2
$ splintarr purge radarr-main --yes --reason 'sold the disks'
| instance/radarr-main, removed DATE, is kept until DATE with its library and history.
| Purged instance/radarr-main.
$ splintarr purge queue/movies-upgrade --yes -o json
| {
|   "format_version": "1.0",
|   "purged": "queue/movies-upgrade"
| }
$ splintarr get instances --archived
| NAME  REMOVED  KEPT UNTIL
# What was purged cannot be gone back to.
$ splintarr -C home rollback --yes
| splintarr: revision 1 had 7 resources and 5 of them are still kept: the others were purged, or their retention is over
= 5
$ splintarr purge
| splintarr: something is missing: splintarr purge NAME|ADDRESS
= 2
