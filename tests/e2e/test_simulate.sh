# simulate: the days to come on a clock of its own, over a copy; figures by hand.
key=0123456789abcdef0123456789abcdef
mkdir "$work/tmp"
export TMPDIR=$work/tmp
start_sim --radarr "0:modern:$key" --world wanted:10:0 || failed=$((failed + 1))
read -r port <<<"$ports"
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  films: {type: radarr, url: "http://127.0.0.1:$port", api_key: {secret: key}, max_requests: 50/s}
queues:
  missing: {instances: [films], batch: 1, cooldown: 168h, schedule: {every: 7h}}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
check 'a library nobody read' exits 1 simulate --days 2
check '… is named' says 'missing@films: nothing is known of that library (splintarr refresh films)'
exits 0 refresh >/dev/null
stop_sim
state_sum() { sha256sum "$work/state/splintarr.db"; }
before=$(state_sum)
# Every seven hours one of ten: at 0 7 14 21 28 35 42 in two days, so three are never reached.
check 'one day is one' exits 1 simulate --days 1 --finds none --seed 1
check '… in words' grep -q '^1 day, ' "$work/out"
check 'two days are not enough' exits 1 simulate --days 2 --finds none --seed 1 -o json
check '… seven searches' says '"searches": 7'
check '… three without' says '"never_searched": 3'
check '… of ten' says '"eligible": 10'
check '… four in a day' says '"most_in_a_day": 4'
check '… one in an hour' says '"most_in_an_hour": 1'
check '… each costs one query' says '"indexer_queries": 7'
# In four days fourteen runs; the ten are searched once each, their cooldown is a week.
check 'four days are' exits 0 simulate --days 4 --finds none
check '… said so' says 'everything that could be searched was'
check '… ten searches' says 'missing@films  14    10        0      10        0'
exits 0 simulate --days 60 --seed 7 -o json >/dev/null
sed '/"from"\|"until"/d' "$work/out" >"$work/first"
exits 0 simulate --days 60 --seed 7 -o json >/dev/null
sed '/"from"\|"until"/d' "$work/out" >"$work/second"
check 'the same seed, the same finds' cmp -s "$work/first" "$work/second"
check '… there are some' grep -q '"found": [1-9]' "$work/first"
check 'the state is as it was' test "$(state_sum)" = "$before"
check 'no copy stays' sh -c "! ls -d $TMPDIR/splintarr-simulate.* 2>/dev/null"
# Two at once are not more of them: the ten, once each.
sed -i 's/batch: 1,/batch: 4,/; s|max_requests: 50/s}|max_requests: 50/s, limits: {in_flight: 2}}|' "$work/tree/splintarr.yaml"
exits 0 apply --yes >/dev/null
check 'two in flight' exits 0 simulate --days 4 --finds none -o json
check '… ten searches' says '"searches": 10'
sed -i 's/batch: 4,/batch: 1,/; s|, limits: {in_flight: 2}||' "$work/tree/splintarr.yaml"
exits 0 apply --yes >/dev/null
# A file of the library, and the tree alone: for a CI.
check 'the library as a file' exits 0 export library
cp "$work/out" "$work/library.jsonl" && cp "$work/out" "$work/first.jsonl"
check '… ten movies' test "$(grep -c '^\["items"' "$work/library.jsonl")" = 10
check '… no key, no address' sh -c "! grep -qF -e $key -e 127.0.0.1 '$work/library.jsonl'"
mv "$work/state" "$work/elsewhere"
check 'without a state' exits 1 simulate --from "$work/library.jsonl" --days 2 --finds none -o json
check '… the same' says '"never_searched": 3'
check '… makes none' test ! -e "$work/state"
sed -i 's/every: 7h/every: 1h/' "$work/tree/splintarr.yaml"
check 'what the tree would change' exits 0 simulate --from "$work/library.jsonl" --days 2 --finds none
echo '["items","films",1]' >>"$work/library.jsonl"
check 'a broken line' exits 2 simulate --from "$work/library.jsonl"
check '… is named' says "library.jsonl:$(wc -l <"$work/library.jsonl"): "
check 'another file' exits 2 simulate --from "$work/tree/splintarr.yaml"
check '… is told' says 'no line of'
check 'no file' exits 4 simulate --from "$work/none"
long=$work/tmp/$(printf 'long-%.0s' {1..40})
mkdir "$long"
check 'a TMPDIR with a long name' env TMPDIR="$long" "$splintarr" simulate --from "$work/first.jsonl" --days 20 --finds none
rmdir "$long"
mkdir "$work/bare" && sed '/^queues:/,$d' "$work/tree/splintarr.yaml" >"$work/bare/splintarr.yaml"
check 'no queue' exits 1 simulate -C "$work/bare" --from "$work/first.jsonl"
check '… is told' says 'No queue runs on any instance'
mv "$work/elsewhere" "$work/state"
check 'bad days' exits 2 simulate --days 0
check 'bad finds' exits 2 simulate --finds all

# Two movies that their server does not call available: one is out in a day, and then it is; the other was an hour ago, and is not.
mkdir "$work/soon" && cp "$work/tree/splintarr.yaml" "$work/soon/"
sed -i 's/batch: 1,.*/batch: 1, schedule: {every: 30d, burst: {every: 1h, for: 6h}}}/' "$work/soon/splintarr.yaml"
python3 - "$work/first.jsonl" >"$work/soon.jsonl" <<'PY'
import json, sys, time
out = iter([24, -1])
for line in open(sys.argv[1]):
    row = json.loads(line)
    if row[0] == "items":
        hours = next(out, None)
        if hours is None:
            continue
        row[15], row[18], row[17] = 0, 0, int((time.time() + hours * 3600) * 1000)
        row[22] = row[17]
    print(json.dumps(row))
PY
# A burst of six hours, a search an hour: at 24 25 26 27 28 29. The other one has none.
check 'a release to come' exits 0 simulate -C "$work/soon" --from "$work/soon.jsonl" --days 3 --finds none -o json
check '… is searched in its burst' says '"searches": 6'
check '… by as many runs, and the first' says '"runs": 7'
# Queues that never begin are told, with what they wait for.
declare_schedule() { sed -i "s/schedule: {.*/schedule: {$1}}/" "$work/tree/splintarr.yaml" && exits 0 apply --yes >/dev/null; }
declare_schedule 'every: 7h, windows: ["daily 03:00-04:00"], blackout: ["daily 02:00-05:00"]'
check 'no time at all' exits 1 simulate --days 2 --finds none
check '… is said' says 'queue/missing@films never runs: its schedule leaves it no time'
declare_schedule "at: [\"$(LC_ALL=C date -u -d '+3 days' +%a | tr A-Z a-z) 12:00\"], timezone: UTC"
check 'not in these days' exits 1 simulate --days 1 --finds none
check '… is said' says "queue/missing@films does not run in that time: its next run is $(date -u -d '+3 days' +%Y-%m-%d)"
declare_schedule "every: 1h, windows: [\"$(LC_ALL=C date -u -d '+3 days' +%a | tr A-Z a-z) 10:00-12:00\"], timezone: UTC"
check 'its window is another day' exits 1 simulate --days 1 --finds none
check '… is said' says "queue/missing@films does not run in that time: outside its windows; its next run is $(date -u -d '+3 days' +%Y-%m-%d)"
check '… and as a code' exits 1 simulate --days 1 --finds none -o json
check '… like a gate' says '"gate": "outside_window"'
# What holds it now is left out, and said.
declare_schedule 'every: 24h'
exits 0 pause queue/missing --for 3d >/dev/null
check 'a paused queue runs all the same' exits 1 simulate --days 3 --finds none -o json
check '… three searches, one a day' grep -qzE '"searches_by_day": \[[[:space:]]*1,[[:space:]]*1,[[:space:]]*1[[:space:]]*\]' "$work/out"
check '… is said' says 'queue/missing is paused: simulated as if it were not'
exits 0 resume queue/missing >/dev/null
sed -i 's/queues:/queues:\n  none: {instances: [films], suspend: true}/' "$work/tree/splintarr.yaml" && exits 0 apply --yes >/dev/null
check 'a suspended queue is told apart' exits 1 simulate --days 1 --finds none
check '… from one that never runs' says 'queue/none@films is suspended in the tree: it does not run'
# Interrupted: nothing stays behind. A year of runs every quarter of an hour takes a while.
declare_schedule 'every: 15m'
begin_simulation() { # until its copy is open, and has no name any more
    "$splintarr" simulate --days 366 >"$work/out" 2>"$work/err" &
    simulation=$!
    until readlink /proc/$simulation/fd/* 2>/dev/null | grep -q 'splintarr.db (deleted)' || ! kill -0 $simulation; do sleep 0.01; done
}
begin_simulation
check 'while it runs its copy has no name' test -z "$(ls -A "$work/tmp")"
kill -TERM $simulation
wait $simulation
check 'an interruption has its exit code' test $? -eq 143
check '… is said' says 'interrupted'
begin_simulation
kill -KILL $simulation
wait $simulation 2>/dev/null
check 'a kill leaves no copy either' test -z "$(ls -A "$work/tmp")"
