# Health over HTTP: an outage is noticed, kept as a timeline, told everywhere in the same words, and ends.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --world lab || failed=$((failed + 1))
read -r port <<<"$ports"
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
settings: {health: {interval: 10s, down_after: 1, resume_backoff: 1m}}
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$port", api_key: {secret: key}, max_requests: 50/s}
queues:
  quiet: {strategy: missing, instances: [tv], schedule: {every: 24h}}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
check 'as described' exits 0 describe instance/tv
check '… it was not asked' says '  Healthy    Unknown  not asked yet'
check 'never asked' exits 0 get health
check '… is unknown' says unknown
start_daemon
health_is() { [ "$("$splintarr" get health tv -o json | sed -nE 's/.*"state": "([a-z_]+)".*/\1/p')" = "$1" ]; }
condition_is() { "$splintarr" status -o json >/dev/null; "$splintarr" get instances | grep -q "$1"; }
check 'it is asked at once' within 10 health_is healthy
check 'with its figures' exits 0 describe instance/tv
check '… of a day' says 'last 24 h'
stop_sim
check 'an outage is noticed' within 25 health_is down
check '… red on a terminal' exits 0 get health --color always
check '… if the terminal shows it' says $'\033[31mdown\033[0m'
check '… and to scripts' exits 0 get health tv -o json
check '… by its name' says '"colour": "red"'
check '… in lists' within 5 condition_is Unreachable
check '… which nobody timed' exits 0 describe instance/tv
check '… and which is told' says 'Unreachable: nobody listens on'
check '… without a time it took' eval '! grep -q "^  asked.*took" "$work/out"'
check '… and puts off what is next' exits 0 next --why
check '… with its reason' says 'tv is down'
start_sim --sonarr "$port:modern:$key" --world lab || failed=$((failed + 1))
check 'it answers again' within 25 health_is recovering
check '… and waits' exits 0 describe instance/tv
check '… says until when' says resumes
check 'the timeline' exits 0 get health --since 1h
check '… has the outage' says 'down'
check '… and what came before' says 'healthy'
check '… all of it' is_not_said 'shows more'
check '… or its newest part' exits 0 get health --since 1h --limit 1
check '… as it says' says 'the newest 1; --limit N shows more'
check '… which is how it is now' says 'recovering'
check '… in one row' test "$(wc -l <"$work/out")" = 2
check '… as JSON' exits 0 get health tv --since 1h -o json
check '… with ends' says '"until": "20'
stop_daemon
check 'it is all kept' exits 0 get health tv
check '… after the end' says recovering
check 'no such instance' exits 2 get health tvv
check 'a bad duration' exits 2 get health --since yesterday
check 'the key is nowhere' is_silent_on "$key"
stop_sim
