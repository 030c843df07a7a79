# What the daemon tells its service manager: sd_notify(3), heard by a socket of our own.
if ! command -v python3 >/dev/null; then
    skip 'sd_notify: no python3 to listen'
else
    printf 'version: 1\nschedules: {s1: {every: 1h}}\n' >"$work/tree/splintarr.yaml"
    python3 - "$work/notify" "$work/told" <<'EOT' &
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
with open(sys.argv[2], "w", buffering=1) as told:
    while True:
        told.write(s.recv(4096).decode().replace("\n", " ") + "\n")
EOT
    listener=$!
    within 5 test -S "$work/notify"
    NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=400000 start_daemon
    check 'it is ready' within 5 grep -qx 'READY=1' "$work/told"
    check 'it says how it is' within 5 grep -q '^STATUS=Revision 1, Synced' "$work/told"
    check 'it barks twice per watchdog time' within 3 bash -c "[ \$(grep -c '^WATCHDOG=1' '$work/told') -ge 5 ]"
    kill -HUP "$daemon"
    check 'it says that it reloads' within 5 grep -qE '^RELOADING=1 MONOTONIC_USEC=[0-9]+$' "$work/told"
    check '… and is ready again' within 5 bash -c "[ \$(grep -cx 'READY=1' '$work/told') -eq 2 ]"
    stop_daemon
    check 'it says that it stops' within 5 grep -qx 'STOPPING=1' "$work/told"
    : >"$work/told"
    WATCHDOG_PID=1 NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=400000 start_daemon
    within 5 grep -q READY "$work/told"
    sleep 1
    check 'a watchdog that is meant for another process is left alone' test "$(grep -c WATCHDOG "$work/told")" -eq 0
    stop_daemon
    NOTIFY_SOCKET=$work/nowhere start_daemon
    check 'a manager that is gone does no harm' within 5 is_revision 1
    stop_daemon
    kill $listener
    wait $listener 2>/dev/null
fi
