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
check '… for one query' says 'missing: 11 considered, 1 to search, for 1 indexer query;'
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
# The season by its address.
check 'why the season rests' exits 0 why season/tv/1/1
check '… what it is' says 'Copper Harbour S01 (pack of 10)'
check '… what a pack takes, and what it lacks' says '- enough_missing       10 of 10 episodes missing, 100%; a pack takes 3 and 50%'
check '… that all are out' says '- all_out              10 of 10 episodes are out'
check '… its own cooldown' says 'x cooling_down'
check '… and its end' says '=> cooling_down'
check '… that nothing falls back' says 'the missing ones wait for the pack, and rest with it when it finds nothing'
check '… its searches as a whole' says 'Searched as a whole: 1 times that count, 1 nothing in a row, 0 grabs'
check '… and their outcome' says '  nothing     queue/missing'
check '… as JSON' exits 0 why season/tv/1/1 -o json
check '… with the same' says '"reason": "cooling_down"'
check 'S01 does as well' exits 0 why season/tv/1/S01
check 'asked for again' exits 0 retry season/tv/1/1
check '… by its name' says 'Copper Harbour S01 (pack of 10): neither cooldown nor loop guard hold it any more'
check '… the next run may search it' exits 0 why season/tv/1/1
check '… and says so' says '=> may be searched as a whole by the next run, ranking permitting'
check 'it does' exits 0 run missing
"$splintarr" get attempts -o json | grep -c '"item": "season/tv/1/1"' >"$work/searches"
check 'a second time' grep -qx 2 "$work/searches"
check 'and rests again' exits 0 why season/tv/1/1
check '… after two' says 'Searched as a whole: 2 times that count, 2 nothing in a row'
check 'the audit log keeps who asked for a season' exits 0 audit
check '… for which' says 'season/tv/1/1'
# What is no season says what is near.
check 'no such season' exits 2 why season/tv/1/7
check '… what is near' says "'Copper Harbour' has no season 7; did you mean 'season/tv/1/1'?"
check 'nor to retry' exits 2 retry season/tv/1/7
check '… with the same words' says "did you mean 'season/tv/1/1'?"
check 'no such series' exits 2 why season/tv/999/1
check '… where they are listed' says 'holds no series 999 (splintarr get series lists addresses)'
check 'a title is no id' exits 2 why 'season/tv/Copper Harbor/1'
check '… but known' says "did you mean 'season/tv/1/1'?"
check 'no such instance' exits 2 retry season/tvv/1/1
check '… what is near' says "no instance 'tvv' is applied; did you mean 'tv'?"
check 'half an address' exits 2 retry season/tv/1
check '… how it is written' says 'write season/INSTANCE/SERIES/NUMBER'
# With episodes to fall back to they do not wait for a pack that was searched in vain.
sed -i 's/fallback: none/fallback: episodes/' "$work/tree/splintarr.yaml"
exits 0 apply --yes >/dev/null
check 'the queue falls back' exits 0 describe season/tv/1/1
check '… and says so' says 'the missing ones are searched one by one until then: the last pack search did not find them'
check 'nothing was found in part' is_not_said 'in part'
# A search of it that finds an episode is a find of that one.
curl -sf -X POST "http://127.0.0.1:$sonarr/_sim/release?item=4" >"$work/order"
exits 0 retry season/tv/1/1 >/dev/null
check 'one of ten is found' exits 0 run missing
check '… which is no find of the season' exits 0 get attempts
check '… in the list' says 'grabbed, in part'
check '… as JSON' exits 0 get attempts -o json
check '… with which' says '"message": "not the whole season: E04 (1 of 10 missing)"'
check 'the series knows' exits 0 describe series/tv/1
check '… beside the season' says 'grabbed, in part 20'
check 'the season knows' exits 0 describe season/tv/1/1
check '… which' says 'grabbed     queue/missing: not the whole season: E04 (1 of 10 missing)'
check '… and was not found as a whole' says 'Searched as a whole: 3 times that count, 3 nothing in a row, 0 grabs'
check 'the episode knows' exits 0 describe episode/tv/4
check '… that it was found' says 'grabbed     queue/missing, its whole season: not the whole season: E04'
check '… once' says 'Searches: 1 that count, 0 nothing in a row, 1 grabs since the last import'
check 'another one knows' exits 0 describe episode/tv/5
check '… that it was not' says 'nothing     queue/missing, its whole season: not the whole season: E04'
# A queue that takes no season.
sed -i 's/fallback: episodes/min_missing: 11/' "$work/tree/splintarr.yaml"
exits 0 apply --yes >/dev/null
check 'too little is missing' exits 0 why season/tv/1/1
check '… by one' says 'x enough_missing       10 of 10 episodes missing, 100%; a pack takes 11 and 50%'
check '… so no pack' says '=> no pack: too few episodes are missing'
check '… and single episodes' says 'the missing ones are searched one by one'
