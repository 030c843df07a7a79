# What the daemon tells, as it happens: also to a pipe, which nobody flushes for us.
cp -r examples/basic/. "$work/tree"
exits 0 apply --yes >/dev/null
start_daemon
"$splintarr" events -f >"$work/events" 2>&1 &
listener=$!
"$splintarr" events -o json >"$work/events.json" 2>&1 &
json_listener=$!
told() { grep -qE -- "$1" "$work/events"; }
again() { # until both listen: pauses and resumes until each has heard of one
    "$splintarr" pause queue/missing >/dev/null 2>&1
    "$splintarr" resume queue/missing >/dev/null 2>&1
    [ -s "$work/events" ] && [ -s "$work/events.json" ]
}
check 'a line comes while it listens, not when it ends' within 5 again

check 'a pause by hand' exits 0 pause queue/missing --for 2h --reason 'disk full'
check '… is an event with who, why and until when' \
    within 2 told "warning  queue_paused  by=\"cli:uid=$(id -u)\"  queue=\"missing\"  reason=\"disk full\"  until=\"20"
check 'resumed by hand' exits 0 resume queue/missing
check '… is one, too' within 2 told "info     queue_resumed  by=\"cli:uid=$(id -u)\"  queue=\"missing\"$"
n=$(grep -c queue_resumed "$work/events")
check 'what was not paused cannot be resumed' exits 1 resume queue/missing
check 'of one instance' exits 0 pause queue/missing@sonarr
check '… it names that' within 2 told 'queue_paused .* instance="sonarr"  queue="missing"'
check '… and nothing was told in vain' test "$(grep -c queue_resumed "$work/events")" = "$n"
check 'a whole instance' exits 0 pause instance/radarr
check '… is each of its queues' within 2 told 'queue_paused .* instance="radarr"  queue="movie-upgrades"'
check 'the log has the same words' grep -q "queue_paused queue=movie-upgrades instance=radarr by=\"cli:uid=$(id -u)\"" "$work/log"
check 'and so has JSON' within 2 grep -q '"event":"queue_paused",.*"queue":"movie-upgrades"' "$work/events.json"
status_elsewhere() { (cd / && env -u SPLINTARR_CONFIG "$splintarr" status "$@"); }
check 'status names the tree that the daemon watches, not that of who asks' grep -q "^Source    $work/tree: S" <(status_elsewhere)
check '… in JSON, too' grep -qF "\"root\": \"$work/tree\"" <(status_elsewhere -o json)
kill "$json_listener"
stop_daemon -KILL
wait "$listener"
check 'a daemon that dies ends the listening with exit 4' test $? = 4
check '… for the reason that it is' told 'the daemon stopped while it answered'
