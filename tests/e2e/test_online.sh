# validate --online: references are resolved, servers are asked, nothing is written.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --radarr "0:old:$key" --world demo || failed=$((failed + 1))
read -r sonarr radarr <<<"$ports"
export SPL_TEST_KEY=$key
cat >"$work/tree/splintarr.yaml" <<EOF
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {env: SPL_TEST_KEY}}
  films: {type: radarr, url: "http://127.0.0.1:$radarr", api_key: {env: SPL_TEST_KEY}}
EOF
check 'all is well' exits 0 validate --online
check '… and says how many were asked' says 'asked 2 instances'
check '… without making a state' test ! -e "$work/state"
sed -i 's/type: radarr/type: sonarr/' "$work/tree/splintarr.yaml"
check 'another application is an error' exits 3 validate --online
check '… at its url' says 'splintarr.yaml:4:'
check '… with its code' says E502
check '… offline the tree is valid' exits 0 validate
sed -i 's/films: {type: sonarr/films: {type: radarr/' "$work/tree/splintarr.yaml"
export SPL_TEST_KEY=00000000000000000000000000000000
check 'a wrong key is an error' exits 3 validate --online
check '… at the key' says 'api_key'
unset SPL_TEST_KEY
check 'a reference without a value is an error' exits 3 validate --online
check '… with its code' says E501
export SPL_TEST_KEY=$key
curl -fs -o "$work/answer" -X POST "http://127.0.0.1:$sonarr/_sim/fault?kind=status&status=429&times=1&retry_after=60"
check 'a wish to be left alone is told, not waited for' eval 'timeout 30 "$splintarr" validate --online >"$work/out" 2>"$work/err"'
check '… with its length' says 'left alone for 1m'
stop_sim
check 'a server that does not answer is a warning' exits 0 validate --online
check '… with its code' says W012
check '… which names the instance once' says 'instance/tv: url: nobody listens'
check 'the key is never said' is_silent_on "$key"
