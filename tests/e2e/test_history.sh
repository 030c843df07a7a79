# Going back while a daemon watches: it must not apply again what was set aside.
put_tree() { # HOURS, one more line; five schedules, so that one removal is below every guard
    cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
settings: {reconcile: {debounce: 200ms, poll_interval: 10s}}
schedules:
  a: {every: ${1}h}
  b: {every: 1d}
  c: {every: 1d}
  d: {every: 1d}
$2
EOT
}
put_tree 1 '  e: {every: 1d}'
start_daemon
check 'revision 1' within 5 is_revision 1
put_tree 2 '  e: {every: 1d}'
check 'revision 2' within 6 is_revision 2
put_tree 3 ''
check 'revision 3 removes one' within 6 is_revision 3

check 'back by two, through the daemon' exits 0 rollback 1 --yes --reason 'went wrong'
check '… is a new revision' is_revision 4
check '… of what was then' says 'Back at revision 1, applied as revision 4: 1 added, 1 changed, 0 removed.'
check '… pinned' exits 0 history -o json
check '… to revision 1' says '"pinned": 1'
touch "$work/tree/splintarr.yaml"
kill -HUP "$daemon"
sleep 1.5
check 'the daemon leaves the tree aside' is_revision 4
check '… and says why' stands Pinned
check '… as diff does' exits 1 diff
check '… in words' says 'Pinned to revision 1 since'
check '… and history' exits 0 history 4
check '… with the reason' says 'went wrong'
put_tree 4 '  e: {every: 1d}'
check 'a changed tree ends it' within 6 is_revision 5
check '… and is in sync' within 3 stands Synced

check 'back again' exits 0 rollback --yes
check '… to the revision before' is_revision 6
check 'a person applies the same tree' exits 0 apply --yes
check '… which ends it, too' is_revision 7
check '… for good' exits 0 history -o json
check '… no pin is left' says '"pinned": null'

put_tree 4 ''
check 'one schedule goes' within 6 is_revision 8
check 'a live one is not purged' exits 5 purge schedule/a --yes
check 'a removed one is, through the daemon' exits 0 purge e --yes
check '… and is gone' exits 2 purge e --yes
check 'its revisions are gone with it' exits 5 rollback 7 --yes
stop_daemon
