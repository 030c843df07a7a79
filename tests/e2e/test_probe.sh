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
stop_daemon
printf 00000000000000000000000000000000 | "$splintarr" secret set key >/dev/null 2>&1
check 'a wrong key' exits 4 probe tv
check '… is told' says 'tv  misconfigured'
check '… never shown' is_silent_on "$key"
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
stop_sim
check 'nobody there' exits 4 probe tv
check '… is told' says 'tv  down'
