# Season packs: what is said of a season before and after it is searched as a whole.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --world wanted:10:0 --rates 0 --behave season_packs=off || failed=$((failed + 1))
sonarr=${ports%% *}
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s, limits: {min_gap: 0s}}
queues:
  missing: {instances: all, season_packs: {fallback: none}, schedule: {every: 365d}}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
check 'the season is what a run would search' exits 0 run missing --dry-run
check '… all of it' says 'Copper Harbour S01 (pack of 10)'
check 'an episode waits for it' exits 0 why episode/tv/3
check '… and says so' says '=> covered_by_pack: A season pack search covers it.'
check '… with what the season lacks' says '10 of 10 episodes missing: selected'
check '… as JSON' exits 0 why episode/tv/3 -o json
check '… with the same' says '"title": "Copper Harbour S01 (pack of 10)"'
check 'it is searched' exits 0 run missing
check 'history names it' exits 0 get attempts
check '… by its address' says 'season/tv/1/1'
check '… and its title' says 'Copper Harbour S01 (pack of 10)'
check 'the series knows of it' exits 0 describe series/tv/1
check '… beside the season' says 'PACK SEARCHED'
check '… and what came of it' says '  nothing 20'
check 'an episode knows of it' exits 0 describe episode/tv/3
check '… too' says 'queue/missing, its whole season'
check 'once' exits 0 run missing
"$splintarr" get attempts -o json | grep -c '"item": "season/tv/1/1"' >"$work/searches"
check 'it rests' grep -qx 1 "$work/searches"
check 'an episode rests too' exits 0 why episode/tv/3
check '… and says so' says '=> cooling_down'
