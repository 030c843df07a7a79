# Ten healthy servers alone, and beside twelve hostile ones: the healthy ones must not notice. Two
# daemons side by side, each with a world of its own, so that a busy machine troubles both alike.
# Every count is the simulator's. CROWD_SECONDS (25): for how long; make check-crowd takes 90.
#
# The arithmetic: min_gap is 5 s from search to search, and a search is over within it (the first
# look at its command is after 3 or 4 s, when any of 15 s at speed 20 has ended). So each healthy server
# is searched every 5 s whatever the others do, 720 times an hour.
seconds=${CROWD_SECONDS:-25} gap=5 speed=20 healthy=10
key=0123456789abcdef0123456789abcdef
wrong_key=fedcba9876543210fedcba9876543210

# NAME APP ORDER: what the simulator is told to be (tests/arrsim/control.h); refused and denied are
# the tree's doing: a port where nobody listens, a key that is wrong.
hostile='silent sonarr fault?kind=tarpit&times=100000
drip radarr fault?kind=drip&path=/api/v3/movie&times=100000
endless sonarr fault?kind=endless&path=/api/v3/series&times=100000
login radarr behave?name=proxy_login_page
error sonarr fault?kind=status&status=500&times=100000
cut radarr fault?kind=cut&path=/api/v3/movie&times=100000
torn sonarr fault?kind=torn&path=/api/v3/series&times=100000
lidarr radarr behave?name=wrong_app
loop sonarr fault?kind=loop&times=100000
unending radarr behave?name=never_ending_commands
refused sonarr
denied radarr'

guests() { # the servers of a world, healthy ones first: guests [HOSTILE]
    for i in $(seq $healthy); do echo "well$i $([ $((i % 2)) -eq 0 ] && echo radarr || echo sonarr)"; done
    [ -z "$1" ] || echo "$1"
}

instance() { # NAME APP PORT
    local port=$3 variable=CROWD_KEY
    [ "$1" != refused ] || port=1
    [ "$1" != denied ] || variable=CROWD_WRONG_KEY
    echo "  $1: {type: $2, url: \"http://127.0.0.1:$port\", api_key: {env: $variable}, max_requests: 50/s, timeout: 5s,"
    echo "    limits: {searches_per_hour: 1000, min_gap: ${gap}s}, health: {interval: 10s}}"
}

# A world, a tree that names its servers, a daemon: crowd DIR [HOSTILE]. Leaves $sim and $daemon.
crowd() {
    local work=$1 names=() args=() name app order n=0
    mkdir -p "$work/tree"
    while read -r name app order; do args+=("--$app" "0:modern:$key"); done < <(guests "${2:-}")
    start_sim "${args[@]}" --world wanted:300:0 --seed 7 --speed $speed \
        --behave auto_redownload=off || return 1
    read -ra names <<<"$ports"
    echo "${names[0]}" >"$work/port"
    printf 'version: 1\nqueues:\n  missing: {instances: all, batch: 500}\ninstances:\n' >"$work/tree/splintarr.yaml"
    while read -r name app order; do
        instance "$name" "$app" "${names[n]}" >>"$work/tree/splintarr.yaml"
        [ -z "$order" ] || curl -sf -X POST "http://127.0.0.1:${names[n]}/_sim/$order" >"$work/order" || return 1
        n=$((n + 1))
    done < <(guests "${2:-}")
    CROWD_KEY=$key CROWD_WRONG_KEY=$wrong_key SPLINTARR_STATE=$work/state SPLINTARR_CONFIG=$work/tree start_daemon
}

rss() { awk '/^RssAnon/ {print $2}' "/proc/$1/status"; }
cpu_seconds() { awk -v hz="$(getconf CLK_TCK)" '{print ($14 + $15) / hz}' "/proc/$1/stat"; }

check 'ten healthy servers' crowd "$work/alone"
sim_alone=$sim daemon_alone=$daemon
check '… and ten beside twelve hostile ones' crowd "$work/beside" "$hostile"
: >"$work/rss"
for _ in $(seq "$seconds"); do
    sleep 1
    rss "$daemon" >>"$work/rss"
done
cost="CPU $(cpu_seconds "$daemon_alone") s alone, $(cpu_seconds "$daemon") s beside"
for dir in alone beside; do
    python3 tests/e2e/crowd.py "$(cat "$work/$dir/port")" >"$work/$dir/truth"
    head -n $healthy "$work/$dir/truth" >"$work/$dir/healthy"
done

# A healthy server: 5 s from search to search, within 2 %; as many searches as alone, give or take one.
keeps_pace() {
    awk -v gap=$gap '{bad = $3 > gap * 1.02 || $3 < gap * .98; n += bad} bad {print $1 ": " $3 " s apart"}
        END {exit n || NR != 10}' "$1"
}
as_many_as_alone() {
    paste "$work/alone/healthy" "$work/beside/healthy" |
        awk '{bad = $2 < 2 || $6 < $2 - 1 || $6 > $2 + 1; n += bad} bad {print $1 ": " $2 " alone, " $6 " beside"} END {exit n}'
}
one_in_flight() { awk '$4 > 1 {print; n++} END {exit n}' "$work/alone/truth" "$work/beside/truth"; }
in_flight_at_all() { awk '$4 == 1 {n++} END {exit n != 10}' "$work/alone/truth"; }
# Over the last third: the median of its last five samples less that of its first five.
is_flat() {
    tail -n $((seconds / 3)) "$work/rss" >"$work/third"
    growth=$(($(tail -n 5 "$work/third" | sort -n | sed -n 3p) - $(head -n 5 "$work/third" | sort -n | sed -n 3p)))
    echo "grew by $growth KiB: $(tr '\n' ' ' <"$work/rss")"
    [ $growth -lt 256 ]
}
is_silent_on_keys() { ! grep -F -e $key -e $wrong_key "$work"/*/log; }
# The endless list and the command that never ends are not over yet.
are_found_out() {
    local name rest
    while read -r name rest; do
        [ "$name" = endless ] || [ "$name" = unending ] || grep -q "error .*instance=$name\$" "$work/beside/log" ||
            { echo "no error of $name"; return 1; }
    done <<<"$hostile"
}
stops_in_time() { # PID
    local begun=$SECONDS
    daemon=$1 stop_daemon && [ $((SECONDS - begun)) -le 5 ]
}
check 'alone each is searched every 5 s' keeps_pace "$work/alone/healthy"
check 'beside hostile ones too' keeps_pace "$work/beside/healthy"
check '… as often as alone' as_many_as_alone
check 'never two searches at once on a server' one_in_flight
check '… and one on each healthy one' in_flight_at_all
check 'every hostile server is found out' are_found_out
check 'memory is flat over the last third' is_flat
check 'the daemon with hostile servers stops in time' stops_in_time "$daemon"
check '… the other too' stops_in_time "$daemon_alone"
check 'no key is in a log' is_silent_on_keys
stop_sim
sim=$sim_alone stop_sim
[ -z "${CROWD_SECONDS:-}" ] || {
    awk '{print $1, $2, "searches, one every", $3, "s, at most", $4, "at once"}' "$work/beside/truth"
    echo "memory grew by $growth KiB over the last third, $(tail -n 1 "$work/rss") KiB at the end; $cost"
}
