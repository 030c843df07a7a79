# Reading libraries by hand: without a daemon under the lock, with one by it; nothing is ever searched.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --radarr "0:modern:$key" --world demo --seed 7 || failed=$((failed + 1))
read -r sonarr radarr <<<"$ports"
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s}
  films: {type: radarr, url: "http://127.0.0.1:$radarr", api_key: {secret: key}, max_requests: 50/s}
  dead: {type: sonarr, url: "http://127.0.0.1:1", api_key: {secret: key}}
  asleep: {type: sonarr, url: "http://127.0.0.1:1", api_key: {secret: key}, suspend: true}
EOT
lists() { curl -s "http://127.0.0.1:$sonarr/_sim/requests" | tr -d ' \n' | grep -oE '"/api/v3/series","n":[0-9]+' | grep -oE '[0-9]+$'; }
searches() { curl -s "http://127.0.0.1:$sonarr/_sim/searches" | grep -c '"item"'; }
check 'without a state it says so' exits 4 refresh tv
printf '%s' $key | "$splintarr" secret set key >/dev/null 2>&1
check 'applies' exits 0 apply --yes
check 'reads the libraries that are named' exits 0 refresh tv instance/films
check '… and says what is in them' says 'library: 24 series'
check '… of both' says 'library: 24 movies'
check 'reads again, however fresh it is' exits 0 refresh tv
check 'twice in all' test "$(lists)" = 2
check 'an instance nobody knows is refused' exits 2 refresh tvv
check '… with the one that was meant' says "did you mean 'tv'?"
check 'a suspended one is left alone' exits 5 refresh asleep
check 'a dead one is told' exits 4 refresh dead
check '… by its name' says 'dead  library: failed:'
check 'all: the living are read, the dead one is told' exits 4 refresh
check '… once more' test "$(lists)" = 3
check 'as events' exits 0 refresh films -o json
check '… a line each' says '"event":"library_synced"'

check 'a daemon starts' start_daemon
check 'it reads when asked' exits 0 refresh tv
check '… and the command hears of it' says 'library: 24 series'
check '… once more' test "$(lists)" = 4
check 'it refuses as the command does' exits 2 refresh tvv
check '… with the same words' says "did you mean 'tv'?"
check 'it refuses the suspended one' exits 5 refresh asleep
check 'it fails for the dead one' exits 4 refresh dead
check 'it ends' stop_daemon
check 'nothing was searched' test "$(searches)" = 0
