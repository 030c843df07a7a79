# simulate with season packs: a season is one search, and what its episodes do after it. Figures by hand.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --world wanted:10:0 --rates 0 --behave season_packs=off || failed=$((failed + 1))
read -r port <<<"$ports"
declare_packs() {
    cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$port", api_key: {secret: key}, max_requests: 50/s, limits: {min_gap: 0s${2:-}}}
queues:
  missing: {instances: [tv], batch: 1, cooldown: 168h, season_packs: {$1}, schedule: {every: 7h}}
EOT
    exits 0 apply --yes >/dev/null
}
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
declare_packs 'fallback: none'
exits 0 refresh >/dev/null
# One search is about all ten, which rest for a week.
check 'one search reaches a season' exits 0 simulate --days 2 --finds none --seed 1 -o json
check '… it alone' says '"searches": 1,'
check '… for one query' says '"indexer_queries": 1,'
check '… of ten' says '"eligible": 10'
check '… all' says '"never_searched": 0'
check '… in seven runs' says '"runs": 7'
check 'a week later it comes again' exits 0 simulate --days 10 --finds none -o json
check '… once' says '"searches": 2,'
# A pack that is found is one find, and nothing is left to search.
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
    exits 0 simulate --days 60 --seed $seed -o json >/dev/null
    grep -oE '"(searches|found)": [0-9]+' "$work/out" | tail -n 2 | tr -d '\n'
    echo
done >"$work/finds"
check 'some seeds find the pack' grep -q '"found": 1$' "$work/finds"
check '… some do not' grep -q '"found": 0$' "$work/finds"
check '… none finds it episode by episode' sh -c "! grep -qE '\"found\": ([2-9]|1[0-9])$' '$work/finds'"
# At 0 s and every 175 h: nine in sixty days unless it is found.
check '… and what is not found is searched on' grep -q '"searches": 9"found": 0$' "$work/finds"
check '… nowhere more' sh -c "! grep -qE '\"searches\": [0-9]{2}' '$work/finds'"
# In vain: the ten follow one a run. Seven runs in two days, fourteen in four.
declare_packs 'fallback: episodes'
check 'episodes follow' exits 1 simulate --days 2 --finds none -o json
check '… six beside the pack' says '"searches": 7,'
check '… four without a turn' says '"never_searched": 4'
check 'four days are enough' exits 0 simulate --days 4 --finds none -o json
check '… the pack and ten' says '"searches": 11,'
# Two at once are not more of them, nor its episodes beside the season.
declare_packs 'fallback: episodes' ', in_flight: 2'
sed -i 's/batch: 1,/batch: 12,/' "$work/tree/splintarr.yaml"
exits 0 apply --yes >/dev/null
check 'two in flight' exits 0 simulate --days 4 --finds none -o json
check '… the pack and ten' says '"searches": 11,'
check '… all within one run of each' says '"most_in_an_hour": 10,'
# What was searched before is known, from the state and from a file: six runs from seven hours later on.
declare_packs 'fallback: episodes'
exits 0 run missing >/dev/null
check 'a pack in vain is no find' exits 0 get attempts
check '… said' says 'Copper Harbour S01 (pack of 10)'
stop_sim
check 'after it the episodes' exits 1 simulate --days 2 --finds none -o json
check '… six, no pack' says '"searches": 6,'
check '… four without a turn' says '"never_searched": 4'
exits 0 export library >/dev/null
cp "$work/out" "$work/library.jsonl"
check '… from a file' exits 1 simulate --from "$work/library.jsonl" --days 2 --finds none -o json
check '… which knows of no runs before: seven, no pack' says '"searches": 7,'
check '… three without a turn' says '"never_searched": 3'
