# Looking at libraries: lists by name, one item in full. What they must say comes from the servers' own
# answers, read by another program.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --radarr "0:modern:$key" --world demo --seed 7 --speed 60 || failed=$((failed + 1))
read -r sonarr radarr <<<"$ports"
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s, limits: {searches_per_hour: 1000, min_gap: 0s}}
  films: {type: radarr, url: "http://127.0.0.1:$radarr", api_key: {secret: key}, max_requests: 50/s}
queues:
  missing: {instances: all, batch: 2, order: oldest}
EOT
ask() { curl -s -H "X-Api-Key: $key" "http://127.0.0.1:$1/api/v3/$2"; } # PORT PATH
total() { ask "$1" "wanted/missing?pageSize=1&monitored=true" | grep -oE '"totalRecords": *[0-9]+' | grep -oE '[0-9]+'; }
rows() { "$splintarr" get "$@" --limit 100000 -o name | wc -l; }
sorted() { sort -c <<<"$("$splintarr" get "$1" --limit 100000 | tail -n +2 | sed -E 's/^[^ ]+ +//; s/ (S[0-9]+E[0-9]+|\([0-9]).*//')"; }
printf '%s' $key | "$splintarr" secret set key >/dev/null 2>&1
check 'applies' exits 0 apply --yes
check "before the first sync a list is empty" test "$(rows series 2>"$work/notes")" = 0
check "… and says what would fill it" grep -q "instance/tv yet: splintarr refresh tv" "$work/notes"
check '… and each library' exits 0 get library
check '… was never read' eval '[ "$(grep -c never "$work/out")" = 2 ]'
check 'reads the libraries' exits 0 refresh
check 'of one' exits 0 get library --instance films
check '… only it is told' eval '[ "$(wc -l <"$work/out")" = 2 ]'
check '… with what it holds' says 'films     24      24'
check '… of none' exits 2 get library --instance filmz

check 'missing episodes: as many as the server counts' test "$(rows missing --instance tv)" = "$(total "$sonarr")"
check 'every series' test "$(rows series)" = 24
check 'every movie' test "$(rows movies)" = 24
check 'every episode' test "$(rows episodes)" = "$(for i in $(seq 24); do ask "$sonarr" "episode?seriesId=$i"; done | grep -cE '"seriesId"')"
check 'none where there are none' test "$(rows movies --instance tv)" = 0
check 'series come by name' sorted series
check 'episodes come by the name of their series' sorted episodes
check 'fifty unless asked for more' exits 0 get episodes
check '… which it says' says 'the first 50; --limit N shows more'
check '… with a heading' test "$(wc -l <"$work/out")" = 51
check 'five when asked' test "$("$splintarr" get episodes --limit 5 -o name 2>/dev/null | wc -l)" = 5
check 'as many as there are is not more' exits 0 get series --limit 24
check '… and nothing is said' is_not_said 'shows more'
check 'an unknown instance is refused' exits 2 get movies --instance filmz
check 'a limit of none is refused' exits 2 get movies --limit 0
is_json() { "$splintarr" get "$@" -o json | node -e '
    const list = JSON.parse(require("fs").readFileSync(0));
    if (list.format_version !== "1.0" || list.items.length !== Number(process.argv[1])) process.exit(1);
    for (const i of list.items) if (!i.address || !i.title) process.exit(1);' "$want"; }
if command -v node >/dev/null; then
    want=24 check 'JSON that another program reads' is_json series
    want=50 check '… of items, too' is_json episodes
    want=0 check '… and of nothing' is_json episodes --instance films
else
    skip 'node is not there to read JSON'
fi

check 'an episode by its address' exits 0 describe episode/tv/1
check '… what it is' says 'identity         tvdb:'
check '… that it was never searched' says 'Searches: 0 that count'
check '… what each queue makes of it' says 'Next'
item=$("$splintarr" get missing --instance tv --limit 1 -o name 2>/dev/null)
check 'a missing one' exits 0 describe "$item"
check '… is called so' says 'state            missing'
check '… and may be searched' says 'queue/missing@tv  may be searched; runs next'
check 'searches two' exits 0 run missing@tv
item=$("$splintarr" get attempts --instance tv --limit 1 | tail -n 1 | grep -oE '^[^ ]+')
check 'one that was searched' exits 0 describe "$item"
check '… says by whom' says 'queue/missing'
check '… and that once' says 'Searches: 1 that count'
check '… as JSON' exits 0 describe "$item" -o json
check '… with its attempts' says '"attempts": ['
check 'an unknown one is refused' exits 2 describe episode/tv/99999
check 'a movie by its address' exits 0 describe movie/films/3
check '… what it is' says 'identity         tmdb:'
check 'a series by its address' exits 0 describe series/tv/1
check '… with its seasons' says 'SEASON  EPISODES  MONITORED  FILES  MISSING'
files=$(ask "$sonarr" series/1 | grep -oE '"episodeFileCount": *[0-9]+' | tail -n 1 | grep -oE '[0-9]+$')
check '… and as many files as the server says' says ", $files with a file,"
check '… as JSON' exits 0 describe series/tv/1 -o json
check '… with its seasons, too' says '"seasons": ['
check 'an unknown series is refused' exits 2 describe series/tv/999
