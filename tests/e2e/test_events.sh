# What the daemon tells, in its log and to who listens.
cp -r examples/basic/. "$work/tree"
exits 0 apply --yes >/dev/null
start_daemon
exits 0 pause queue/missing --reason 'disk full' >/dev/null
check 'a pause by hand is an event' \
    grep -q "queue_paused queue=missing by=\"cli:uid=$(id -u)\" reason=\"disk full\"" "$work/log"
exits 0 resume queue/missing >/dev/null
check '… and so is its end' grep -q "queue_resumed queue=missing by=\"cli:uid=$(id -u)\"" "$work/log"
exits 0 pause instance/radarr >/dev/null
check 'of an instance: of each of its queues' \
    grep -q "queue_paused queue=movie-upgrades instance=radarr by=\"cli:uid=$(id -u)\"" "$work/log"
stop_daemon
