# Tenants under the daemon: one's mistake stops his own directory only, is told once, and is over when it is repaired.
tree=$work/tree
cp -r tests/golden/trees/shared/. "$tree"
sed -i 's/^version: 1/&\nsettings: {reconcile: {debounce: 100ms, poll_interval: 10s}}/' "$tree/splintarr.yaml"
status_says() { "$splintarr" status 2>&1 | grep -E "$1"; }
batch() { "$splintarr" get "queue/$1" -o json 2>/dev/null | grep -E "\"batch\": $2"; }
start_daemon
check 'all of it is applied' within 6 is_revision 1
sed -i 's/films\]/flims]/' "$tree/tenants/bob/all.yaml"
check "one's mistake is told" within 8 grep -q 'config_rejected.*tenants/bob/' "$work/log"
sed -i 's/batch: 5/batch: 6/' "$tree/tenants/alice/all.yaml"
check "another's change is applied" within 8 batch alice/drama 6
check 'the standing says who is not' within 4 status_says 'Rejected.*tenants/bob/'
check 'apply says so, too' exits 3 apply --yes
check '… with the place' says 'tenants/bob/all.yaml:4:21'
sed -i 's/flims\]/films]/' "$tree/tenants/bob/all.yaml"
check 'repaired, it is in sync' within 8 status_says 'Synced'
rm -r "$tree/tenants/bob"
check 'a directory that vanished is held' within 8 grep -q 'prune_held.*tenants/bob/' "$work/log"
sed -i 's/batch: 6/batch: 7/' "$tree/tenants/alice/all.yaml"
check '… and nobody else is' within 8 batch alice/drama 7
check 'he is still there' exits 0 get queue/bob/old
check 'the number lets it go' exits 0 apply --yes --allow-prune=2
check '… for good' within 4 status_says 'Synced'
check 'each was told once' test "$(grep -oE '(config_rejected|prune_held) digest=[^ ]*' "$work/log" | sort | uniq -d | wc -l)" -eq 0
stop_daemon
