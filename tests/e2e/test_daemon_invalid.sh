# A thousand invalid edits: the daemon lives, its memory is flat, and each digest is told once.
tree=$work/tree
good='version: 1
settings: {reconcile: {debounce: 100ms, poll_interval: 10s}}
schedules: {s1: {every: 1h}}'
memory() { sed -nE 's/^RssAnon:\s+([0-9]+) kB/\1/p' "/proc/$daemon/status"; }
rejected() { grep -c config_rejected "$work/log"; }
echo "$good" >"$tree/splintarr.yaml"
start_daemon
check 'the good one is applied' within 6 is_revision 1
for i in $(seq 60); do # slow enough that each is read
    printf '%s\nqueues: {q%s: {instances: [nobody]}}\n' "$good" "$i" >"$tree/splintarr.yaml"
    sleep 0.35
done
before=$(memory) n=$(rejected)
check "most of 60 were read and rejected ($n)" test "$n" -ge 30
for i in $(seq 61 1000); do
    printf '%s\nqueues: {q%s: [%s\n' "$good" "$i" "$i" >"$tree/splintarr.yaml"
    sleep 0.01
done
check 'the last one is rejected' within 12 grep -q 'splintarr.yaml:4: a list is opened' "$work/log"
check 'nothing was ever applied of them' is_revision 1
check 'each digest is told once' test "$(grep -o 'config_rejected digest=[^ ]*' "$work/log" | sort | uniq -d | wc -l)" -eq 0
after=$(memory)
check "memory is flat ($before, then $after KiB)" test "$after" -le $((before + 1024))
echo "$good" | sed 's/1h/9h/' >"$tree/splintarr.yaml"
check 'a good one is applied at last' within 12 is_revision 2

# ---- the control socket is not impressed either ----

socket=$work/state/control.sock
say() { # TEXT: one line to the socket, the answer
    printf '%s\n' "$1" | timeout 5 curl -s --http0.9 --max-time 4 --unix-socket "$socket" telnet://x 2>/dev/null
}
check 'the socket is for its owner' test "$(stat -c %a "$socket")" = 600
check 'no JSON is refused' grep -q 'one JSON object' <(say 'hello')
check '… and neither is a list' grep -q 'one JSON object' <(say '[1]')
check 'an unknown operation is refused' grep -q 'knows no operation' <(say '{"op": "format"}')
check 'an apply of another tree is refused' grep -q 'another one cannot' <(say '{"op": "apply", "dev": 1, "ino": 1}')
check 'an apply of what moved is refused' grep -q 'changed since' <(say "{\"op\": \"apply\", \"digest\": \"x\", \"revision\": 2, $(stat -c '"dev": %d, "ino": %i' "$tree")}")
check 'status is told' grep -q '"standing":"Synced"' <(say '{"op": "status"}')
head -c 400000 /dev/zero | timeout 5 curl -s --max-time 4 --unix-socket "$socket" telnet://x >/dev/null 2>&1
check 'a line without an end is dropped' exits 0 status
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
    chmod 755 "$base" "$work" "$work/state"
    chmod 666 "$socket"
    check 'another user is refused though the mode lets him in' test -z "$(setpriv --reuid 65534 --regid 65534 --clear-groups timeout 5 curl -s --max-time 3 --unix-socket "$socket" telnet://x </dev/null 2>/dev/null)"
else
    skip 'another user at the socket: needs root and setpriv'
fi
check 'the daemon lives' kill -0 "$daemon"
stop_daemon
