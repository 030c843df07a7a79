# The daemon notices every way files change, applies each whole tree once, and nothing else.
base_yaml='version: 1
settings:
  reconcile: {debounce: 200ms, poll_interval: 10s}
instances:
  tv: {type: sonarr, url: http://127.0.0.1:1, api_key: {env: E2E_KEY}, suspend: true}
schedules:
  s1: {every: 1h}
  s2: {every: 2h}
  s3: {every: 3h}
  s4: {every: 4h}
  s5: {every: 5h}
  s6: {every: 6h}
  s7: {every: 7h}'
tree=$work/tree
main=$tree/splintarr.yaml
every() { sed -i "s/s1: {every: [0-9]*h}/s1: {every: $1h}/" "$main"; }
edited() { sed "s/s1: {every: [0-9]*h}/s1: {every: $1h}/" "$main"; }
runs_every() { "$splintarr" get schedule/s1 -o json | grep -q "\"every\": \"$1\""; }

printf '%s\n' "$base_yaml" >"$main"
start_daemon
check 'a fresh daemon applies the tree' within 5 is_revision 1
check '… and says so' grep -q 'config_applied revision=1 ' "$work/log"
check '… and the state in between' stands Synced

# ---- editors and tools: each edit is one revision ----

n=1
applied() { # after an edit: exactly one more revision, with the schedule at HOURS
    n=$((n + 1))
    within 6 is_revision $n && runs_every "$1h" && sleep 0.7 && is_revision $n
}
every 10
check 'sed -i: a new inode' applied 10
edited 11 >"$work/new" && cat "$work/new" >"$main"
check '> truncates, then writes' applied 11
edited 12 >"$work/new" && mv "$work/new" "$main"
check 'mv over it' applied 12
edited 13 >"$work/new" && mv "$main" "$main~" && sleep 0.05 && cat "$work/new" >"$main" && rm "$main~"
check 'vim: rename, create, write, remove the backup' applied 13
touch "$tree/4913" && rm "$tree/4913" && edited 14 >"$tree/.splintarr.yaml.swp" && mv "$tree/.splintarr.yaml.swp" "$main"
check 'VS Code: a temporary file renamed over it' applied 14
exec 9<>"$main" && edited 15 >"$work/new" && : >"$main" && cat "$work/new" >&9 && exec 9>&-
check 'nano: truncate and write in place' applied 15
mkdir "$tree/more" && echo 'schedules: {extra: {every: 1d}}' >"$tree/more/x.yaml"
n=$((n + 1))
check 'a new directory with a file' within 6 is_revision $n
echo 'schedules: {extra: {every: 2d}}' >"$tree/more/x.yaml"
n=$((n + 1))
check '… is watched itself' within 6 is_revision $n
rm -r "$tree/more"
n=$((n + 1))
check '… and gone again' within 6 is_revision $n
touch "$main"
sleep 1
check 'touch changes nothing' is_revision $n

# ---- trees that must not be applied ----

every 20
echo '  oops: [' >>"$main"
check 'broken YAML is rejected' within 6 stands Rejected
check '… and told once' test "$(grep -c config_rejected "$work/log")" -eq 1
check '… the last good revision stays' is_revision $n
check '… status --check says no' exits 1 status --check
sed -i '/oops/d' "$main"
check '… mended' applied 20

rm -rf "${tree:?}"/*
check 'rm -rf *: the marker is gone' within 6 stands SourceMissing
check '… nothing changed' is_revision $n
printf '%s\n' "$base_yaml" >"$main"
every 20
check '… back again' within 6 stands Synced
check '… without a new revision' is_revision $n
sed -i '/ s[2-7]:/d' "$main"
check 'six of eight removed: held' within 6 stands Held
check '… nothing changed' is_revision $n
check '… told with the command that releases it' grep -q 'prune_held.*--allow-prune=6' "$work/log"
check '… which releases it, through the daemon' exits 0 apply --yes --allow-prune=6
n=$((n + 1))
check '… and is in sync' within 3 stands Synced
check '… at the next revision' is_revision $n

mv "$tree" "$work/away"
check 'the root is gone' within 6 stands SourceMissing
mv "$work/away" "$tree"
check '… and back' within 12 stands Synced
check '… nothing changed' is_revision $n
stop_daemon
check 'SIGTERM ends it cleanly' test $? -eq 0
check '… without a socket left' test ! -e "$work/state/control.sock"

# ---- restarts ----

every 30
start_daemon
n=$((n + 1))
check 'what changed while it was down is applied' within 6 is_revision $n
stop_daemon
echo 'oops: [' >"$main"
start_daemon
check 'started on a broken tree' within 6 stands Rejected
check '… it runs the last good one' is_revision $n
check '… which commands see' exits 0 get schedule/s1
printf '%s\n' "$base_yaml" >"$main"
n=$((n + 1))
check '… and takes the mended one' within 6 is_revision $n
stop_daemon -KILL
check 'killed, it leaves a socket' test -S "$work/state/control.sock"
check '… that stops no command' exits 0 status
check '… and no daemon' start_daemon

# ---- mode: manual, SIGHUP, a second daemon ----

sed -i 's/debounce: 200ms/debounce: 200ms, mode: manual/' "$main"
n=$((n + 1))
check 'mode: manual is applied like any change' within 6 is_revision $n
every 31
check '… from then on changes wait' within 6 stands Pending
check '… for apply' exits 0 apply --yes
n=$((n + 1))
check '… which applies' is_revision $n
check '… and that is all' within 3 stands Synced
check 'a second daemon is refused' exits 6 daemon --listen off
kill -HUP "$daemon"
sleep 0.5
check 'SIGHUP does not end it' kill -0 "$daemon"
check '… and is logged' grep -q 'reloading.*SIGHUP' "$work/log"
check 'apply --wait waits for what is not ready' exits 1 apply --wait=1s
check '… and names it' says  "instance/tv is not ready: the environment variable E2E_KEY is not set"
stop_daemon
E2E_KEY=0123456789abcdef start_daemon
check 'what the daemon sees of secrets is what counts' within 6 exits 0 apply --wait=1s
check '… a plan made elsewhere says nothing of them' exits 0 diff
check '… in no word' is_not_said 'not set here'
stop_daemon

# ---- a command that holds the lock ----

if command -v flock >/dev/null; then
    flock "$work/state/lock" sleep 2 &
    holder=$!
    sleep 0.2
    start_daemon
    check 'a daemon waits for the lock, and starts' within 5 stands Synced
    check '… having said who holds it' within 3 grep -q 'state_locked' "$work/log"
    stop_daemon
    wait $holder
    flock "$work/state/lock" sleep 30 &
    holder=$!
    sleep 0.2
    "$splintarr" daemon --listen off >>"$work/log" 2>&1 &
    daemon=$!
    sleep 0.7
    kill -HUP "$daemon"
    kill -TERM "$daemon"
    check 'SIGTERM ends the waiting' within 3 bash -c "! kill -0 $daemon 2>/dev/null"
    wait "$daemon"
    daemon=
    kill $holder
    wait $holder 2>/dev/null
else
    skip 'waiting for the lock: no flock'
fi

# ---- secrets ----

fresh
printf 'key one' >"$work/key.txt"
chmod 600 "$work/key.txt"
sed "s|{env: E2E_KEY}|{file: $work/key.txt}|" <<<"$base_yaml" >"$main"
start_daemon
check 'a tree with a secret in a file' within 6 is_revision 1
printf 'key two' >"$work/key.txt"
check 'a rotated secret is noticed long before the next poll' within 15 is_revision 2
check '… and named' bash -c "'$splintarr' history 2 | grep -q secret_rotated || '$splintarr' history 2 -o json | grep -q secret_rotated"
stop_daemon

# ---- permissions, as an unprivileged uid ----

if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
    fresh
    printf '%s\n' "$base_yaml" >"$main"
    chmod 755 "$base" "$work"
    chown -R 65534:65534 "$work"
    as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
    setpriv --reuid 65534 --regid 65534 --clear-groups "$splintarr" daemon --listen off >>"$work/log" 2>&1 &
    daemon=$! # not by as_nobody: that would be the pid of a shell
    check 'an unprivileged daemon applies' within 6 is_revision 1
    chmod 000 "$tree"
    check 'chmod 000 on the tree: missing, not empty' within 12 stands SourceMissing
    check '… nothing changed' is_revision 1
    chmod 755 "$tree"
    check '… and back' within 12 stands Synced
    chmod 000 "$main"
    check 'chmod 000 on a file: rejected' within 12 stands Rejected
    chmod 644 "$main"
    check '… and back' within 12 stands Synced
    check '… nothing changed' is_revision 1
    stop_daemon
    chmod 555 "$work/state" && rm -f "$work/state/lock"
    as_nobody "$splintarr" pause instance/tv >"$work/out" 2>&1
    check 'a state that cannot be written' test $? = 4
    check '… says what to do' grep -q 'Permission denied; run as the user that owns the state' "$work/out"
    chmod 755 "$work/state"
else
    skip 'permissions: needs root and setpriv'
fi
