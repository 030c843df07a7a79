# probe: how servers are, here and through the daemon; nothing is searched.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --radarr "0:old:$key" --world lab || failed=$((failed + 1))
read -r sonarr radarr <<<"$ports"
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s}
  films: {type: radarr, url: "http://127.0.0.1:$radarr", api_key: {secret: key}, max_requests: 50/s}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
check 'all are asked' exits 0 probe
check '… one is well' says 'tv  healthy  version 4.'
check '… the other too' says 'films  healthy  version 3.'
check 'one is asked' exits 0 probe tv
check '… alone' is_not_said films
check 'nothing was searched' test -z "$("$splintarr" get attempts | sed 1d)"
check 'status keeps what was learned' exits 0 describe instance/tv
check '… as a condition' says Healthy
check 'no such instance' exits 2 probe tvv
check '… with a hint' says "did you mean 'tv'"
check 'as JSON' exits 0 probe films -o json
check '… an event' says '"event":"instance_probed"'
start_daemon
check 'through the daemon' exits 0 probe
check '… the same' says 'tv  healthy'

# A search that never ends keeps its run waiting, but not a probe.
curl -fs -o "$work/answer" -X POST "http://127.0.0.1:$sonarr/_sim/behave?name=never_ending_commands&on=true"
printf 'queues:\n  missing: {instances: [tv], batch: 1, schedule: {every: 24h}}\n' >>"$work/tree/splintarr.yaml"
searches() { curl -s "http://127.0.0.1:$sonarr/_sim/requests" | grep -q '"POST'; }
check 'a search is under way' within 20 searches
check 'a probe does not wait for it' eval 'timeout 10 "$splintarr" probe tv >"$work/out" 2>"$work/err"'
check '… and says how it is' says 'tv  healthy'
stop_daemon
printf 00000000000000000000000000000000 | "$splintarr" secret set key >/dev/null 2>&1
check 'a wrong key' exits 4 probe tv
check '… is told' says 'tv  misconfigured  Sonarr refuses the API key'
check '… never shown' is_silent_on "$key"
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1

# ---- every kind of trouble, in words of its own ----
tell_sim() { curl -fs -o "$work/answer" -X POST "http://127.0.0.1:$sonarr/_sim/$1"; }
check 'an error' tell_sim 'fault?kind=status&status=500&times=1&path=/api/v3/system/status'
check '… is no answer' exits 4 probe tv
check '… and told' says 'tv  down  Sonarr answered 500'
check 'an error of its health page alone' tell_sim 'fault?kind=status&status=500&times=1&path=/api/v3/health'
check '… is less' exits 4 probe tv
check '… and not called well' says 'tv  degraded  version 4.'
check '… for a reason' says 'Sonarr answered 500'
check 'a start' tell_sim 'fault?kind=starting&times=1'
check '… is waited for' exits 4 probe tv
check '… and told' says 'tv  down  Sonarr answered 503 (The application is starting up'
check 'a login page of a proxy' tell_sim 'behave?name=proxy_login_page&on=true'
check '… is no API' exits 4 probe tv
check '… and told' says "tv  misconfigured  'http://127.0.0.1:$sonarr' answers 200 with text/html"
tell_sim 'behave?name=proxy_login_page&on=false'
check 'another application' tell_sim 'behave?name=wrong_app&on=true'
check '… is refused' exits 4 probe tv
check '… and told' says "tv  misconfigured  'url' leads to Lidarr, not to Sonarr"
tell_sim 'behave?name=wrong_app&on=false'
check 'indexers that are all down' tell_sim 'indexers?state=blocked'
check '… are asked for' exits 0 probe tv
check '… and told' says 'tv  indexers_down  version 4.'
tell_sim 'indexers?state=up'
sed -i "s|http://127.0.0.1:$sonarr|https://127.0.0.1:$sonarr|; s/films: {type: radarr, /films: {type: radarr, suspend: true, /" "$work/tree/splintarr.yaml"
exits 0 apply --yes >/dev/null
check 'https where http is spoken' exits 4 probe tv
check '… is told' says 'tv  down  no TLS connection'
check '… with what to change' says "'http://' in 'url'"
sed -i "s|https://127.0.0.1:$sonarr|http://127.0.0.1:$sonarr|" "$work/tree/splintarr.yaml"
exits 0 apply --yes >/dev/null
check 'the suspended one is left alone' exits 5 probe films
"$splintarr" secret rm key --yes >/dev/null 2>&1
check 'a key that nobody set' exits 4 probe tv
check '… is told' says "tv  unknown  api_key: the secret 'key' is not stored"
check '… as what it is' exits 4 probe tv -o json
check '… with its reason' says '"reason":"SecretMissing"'
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
stop_sim
check 'nobody there' exits 4 probe tv
check '… is told' says 'tv  down  nobody listens on 127.0.0.1:'
