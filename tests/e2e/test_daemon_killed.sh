# The daemon dies at every fault point between noticing a change and having applied it: afterwards
# the old or the new revision, never between, and whoever starts next goes on.
tree=$work/tree
write_tree() { printf 'version: 1\nsettings: {reconcile: {debounce: 100ms}}\nschedules: {s1: {every: %s}, s2: {every: 2h}}\n' "$1" >"$tree/splintarr.yaml"; }
daemon_program=$debug
write_tree 1h
"$splintarr" apply --yes >/dev/null 2>&1
write_tree 5h
export SPLINTARR_FAULT_COUNT=$work/count
start_daemon
check 'the debug daemon applies' within 8 is_revision 2
stop_daemon
unset SPLINTARR_FAULT_COUNT
points=$(cat "$work/count" 2>/dev/null || echo 0)
check 'it passes fault points' test "$points" -gt 5
deaths=0
for n in $(seq "$points"); do
    fresh
    write_tree 1h
    "$splintarr" apply --yes >/dev/null 2>&1
    write_tree 5h
    SPLINTARR_FAULT_KILL=$n "$debug" daemon --listen off >"$work/log" 2>&1 &
    daemon=$!
    for _ in $(seq 60); do
        kill -0 $daemon 2>/dev/null || break
        grep -q 'config_applied' "$work/log" && break
        sleep 0.05
    done
    sleep 0.1
    kill -KILL $daemon 2>/dev/null
    wait $daemon 2>/dev/null
    [ $? -eq 86 ] && deaths=$((deaths + 1))
    now=$(revision)
    check "killed at point $n of $points: the old or the new revision, not '$now'" test "$now" = 1 -o "$now" = 2
    check '… clean' exits 0 db check
    check '… what runs is whole' exits 0 get schedule/s2
    start_daemon
    check '… and the next daemon goes on' within 8 is_revision 2
    stop_daemon
done
check "it died where it was told to ($deaths of $points)" test "$deaths" -gt $((points / 2))
daemon_program=
