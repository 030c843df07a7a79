# The main job over real sockets; then the process is killed at fault points of run and started again.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --radarr "0:old:$key" --world demo --seed 7 --speed 60 --behave auto_redownload=off || failed=$((failed + 1))
read -r sonarr radarr <<<"$ports"
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s, limits: {searches_per_hour: 1000, min_gap: 0s}}
  films: {type: radarr, url: "http://127.0.0.1:$radarr", api_key: {secret: key}, max_requests: 50/s, limits: {searches_per_hour: 1000, min_gap: 0s}}
queues:
  missing: {instances: all, batch: 2}
EOT
printf '%s' $key | "$splintarr" secret set key >/dev/null 2>&1
check 'applies' exits 0 apply --yes
check 'runs' exits 0 run --all
check 'tells what it did' says 'searched'
searches() { curl -s "http://127.0.0.1:$sonarr/_sim/searches"; }
twice() { # items that a server searched more than once by our doing
    searches | tr -d ' \n' | grep -oE '"item":[0-9]+' | sort | uniq -d
}
# What was searched in vain lowers the luck of its title below 1, what was found raises it.
ranks_with_luck() {
    for id in $(searches | tr -d ' \n' | grep -oE '"item":[0-9]+' | cut -d: -f2); do
        "$splintarr" why "episode/tv/$id"
    done | grep -E 'order smart +score .*luck x (0\.|1\.[0-9]*[1-9])'
}
check 'why shows what was learned' ranks_with_luck
# A run ranks by the same figures: "ADDRESS SCORE" of what it would search next, and what why says.
ranks_alike() {
    "$splintarr" run --all --dry-run -o json >"$work/dry"
    sed -nE 's/.*"item": *"([^"]*)".*"score": *([0-9.e-]*).*/\1 \2/p' "$work/dry" >"$work/ranked"
    [ -s "$work/ranked" ] && while read -r item score; do
        "$splintarr" why "$item" | sed -nE 's/.*order smart +score ([0-9.]+) .*/\1/p' >"$work/rank"
        echo "$item: $score, $(cat "$work/rank")"
        awk -v a="$score" '{d = a - $1; exit !(d < .0002 && d > -.0002)}' "$work/rank" || return 1
    done <"$work/ranked"
}
check '… and a run ranks by it' ranks_alike
check 'the servers were really asked' test "$(searches | grep -c '"item"')" -gt 0
for n in 5 9 14 20 27; do
    timeout 120 env SPLINTARR_FAULT_KILL=$n "$debug" run --all >"$work/out" 2>&1
    status=$?
    check "dies at point $n, or ends before" test $status -eq 86 -o $status -eq 0
    check "… and the next run goes on" exits 0 run --all
done
# A run that a gate stops says so once; why tells of runs in the words of run.
exits 0 pause queue/missing@films --reason 'disk full' >/dev/null
check 'a paused queue does not run' exits 0 run missing@films
check '… which is said once' grep -qx 'films  missing: 0 considered, 0 searched, 0 grabbed; stopped by paused' "$work/out"
check 'why has who and why' exits 0 why queue/missing@films
check '… at its gate' says "x paused               by cli:uid=$(id -u): disk full"
check '… the run in a word' grep -qE '  @films  paused$' "$work/out"
check '… others as run printed them' grep -qE '  @films  completed: [0-9]+ considered, .*; not searched: [0-9]+ [a-z_]+' "$work/out"
check '… and of no other instance' is_not_said '@tv'
check 'the state is clean' exits 0 db check
check 'nothing was searched twice' test -z "$(twice)"
