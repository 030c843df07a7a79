# What run tells beside the searches of its own: what became of earlier grabs, what pauses it.
key=0123456789abcdef0123456789abcdef
start_sim --radarr "0:modern:$key" --world wanted:1:0 --speed 300 --behave imports_fail=on --behave auto_redownload=off || failed=$((failed + 1))
films=${ports%% *}
sim_do() { curl -s -X POST "http://127.0.0.1:$films/_sim/$1" >/dev/null; }
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  films: {type: radarr, url: "http://127.0.0.1:$films", api_key: {secret: key}, max_requests: 50/s, limits: {min_gap: 0s}}
queues:
  missing: {instances: all, pause_after_failures: 1}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
title=$(curl -s -H "X-Api-Key: $key" "http://127.0.0.1:$films/api/v3/movie/1" | sed -nE 's/^ *"title": *"([^"]*)",?$/\1/p' | head -n 1)
sim_do 'release?item=1'
check 'a movie is grabbed' exits 0 run missing
check '… at once' says '1/1  grabbed'
told() { "$splintarr" run missing >"$work/out" 2>&1; grep -qE "$1" "$work/out"; }
check 'that it was not imported is told by a later run' within 30 told "^films  not imported: $title \([0-9]+\)"
exits 0 retry movie/films/1 >/dev/null
sim_do 'fault?kind=status&status=500&method=GET&path=/api/v3/movie/&times=1'
check 'a run that fails for its own reasons' exits 4 run missing
check '… too often' grep -qE '^films  missing: paused: 1 run in a row failed, .* \(splintarr resume queue/missing@films\)$' "$work/out"
stop_sim
