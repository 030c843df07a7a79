# Exclusions from the command line: written into the tree, imported as a list, tried on a library.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --world lab || failed=$((failed + 1))
sonarr=${ports%% *}
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
settings: {timezone: UTC}
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s}
queues:
  missing: {instances: all, batch: 1}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
exits 0 run --all --dry-run >/dev/null
# The laboratory's library is one series: Lab Show, tvdb 70001, with seven episodes.
check 'nothing excludes it yet' exits 1 exclude test 'Lab Show'
check '… and that is said' says 'Lab Show  not excluded'
check 'a pattern is tried' exits 0 exclude test --title-regex '^lab'
check '… on every item' says 'tv: 1 title, 7 items'
check 'one that matches nothing' exits 1 exclude test --genre Western
check 'a broken one' exits 3 exclude test --title-regex '('
check 'the YAML alone' exits 0 exclude add --tvdb 70001 --reason 'seen it' --until 2099-12-31 --print
check '… says what it excludes' says 'tvdb_id: 70001'
check '… and writes nothing' test ! -e "$work/tree/exclusions"
check 'an item, its whole series' exits 0 exclude add episode/tv/2 --series --reason 'seen it, and told at more length than a line of the audit log has room for'
check '… is a valid tree' exits 0 validate
check '… and a change' exits 1 diff
check '… that says what it means' says '1 series'
exits 0 apply --yes >/dev/null
exits 0 audit >/dev/null
check '… which the audit log keeps' grep -q 'exclusion/lab-show.*=> 1 series become' "$work/out"
check 'now something excludes it, in any case' exits 0 exclude test 'LAB SHOW'
check '… by name and reason' says 'excluded by exclusion/lab-show: seen it'
check 'a second one goes below the first' exits 0 exclude add --title 'Other Show' --for 30d
check '… both are there' bash -c "'$splintarr' validate && grep -c '^  [a-z-]*:$' '$work/tree/exclusions/added.yaml' | grep -qx 2"
check 'the same name is refused' exits 2 exclude add --title 'Other Show'
check 'another name is taken' exits 0 exclude add --title 'Other Show' --name other-again
check 'an item that is not there' exits 2 exclude add episode/tv/999
check 'what is no number' exits 2 exclude add --tvdb abc
check 'a date that is none' exits 3 exclude add --tvdb 5 --until yesterday
printf '# mine\nOne Title\nAnother: Title\n' >"$work/old list.txt"
check 'a list is imported' exits 0 exclude import "$work/old list.txt"
check '… copied' cmp -s "$work/old list.txt" "$work/tree/lists/old-list.txt"
check '… and valid' exits 0 validate
check '… once' exits 2 exclude import "$work/old list.txt"
printf 'exclusions: {a: {match: [{tvdb_id: 1}]}}\n' >"$work/tree/exclusions/added.yaml"
check 'a file in flow style is left alone' exits 0 exclude add --tvdb 6
check '… and the YAML printed' says 'tvdb_id: 6'
check '… unchanged' grep -qx 'exclusions: {a: {match: \[{tvdb_id: 1}\]}}' "$work/tree/exclusions/added.yaml"
# The tree lost exclusion/lab-show by now, which excluded the one series there is; what the daemon applies it tells.
check 'a daemon applies the tree' start_daemon
check '… and tells what may be searched again' within 10 grep -q 'exclusion_effect exclusion=lab-show items=1 unit=series direction=searchable' "$work/log"
"$splintarr" exclude add --tvdb 70001 --print >"$work/tree/exclusions/again.yaml"
check '… and what is excluded again' within 10 grep -q 'exclusion_effect exclusion=tvdb-70001 items=1 unit=series direction=excluded' "$work/log"
soon=$(date -u -d '+3 seconds' +%Y-%m-%dT%H:%M:%SZ)
printf 'exclusions: {short: {match: [{tvdb_id: 70001}], until: "%s"}}\n' "$soon" >"$work/tree/exclusions/again.yaml"
check '… and what is free again when that ends' within 10 grep -q "exclusion_effect exclusion=short items=1 unit=series direction=searchable expired=$soon" "$work/log"
check 'it ends' stop_daemon
# An end that nobody was there for: the next run tells it, once, with the commit that declared it.
git init -q -b main "$work/tree" && git -C "$work/tree" add -A && git -C "$work/tree" -c user.name=Alice -c user.email=alice@home.example commit -qm 'Again'
rm -f "$work/tree/exclusions/again.yaml" "$work/tree/exclusions/added.yaml"
soon=$(date -u -d '+3 seconds' +%Y-%m-%dT%H:%M:%SZ)
printf 'exclusions: {soon-over: {match: [{tvdb_id: 70001}], until: "%s"}}\n' "$soon" >"$work/tree/exclusions/soon.yaml"
git -C "$work/tree" add -A && git -C "$work/tree" -c user.name=Alice -c user.email=alice@home.example commit -qm 'Soon over'
commit=$(git -C "$work/tree" rev-parse --short=7 HEAD)
exits 0 apply --yes --allow-prune=2 >/dev/null
exits 0 why episode/tv/2 >/dev/null
check 'until its end it excludes' says 'x excluded'
sleep 4
check 'what an exclusion held back may be searched' exits 0 run missing
check '… which the run tells' grep -q '^exclusion/soon-over  expired .*: 1 series may be searched again$' "$work/out"
check '… nothing excludes it any more' exits 1 exclude test 'Lab Show'
exits 0 why episode/tv/2 >/dev/null
check '… and why says so' is_not_said 'x excluded'
exits 0 audit --kind exclusion >/dev/null
check '… and the audit log keeps, with its commit' grep -qE " system +expire +exclusion/soon-over +$commit +expired at $soon; => 1 series becomes searchable again" "$work/out"
exits 0 run missing >/dev/null
exits 0 audit --kind exclusion >/dev/null
check '… once' test "$(grep -c 'expire  *exclusion/soon-over' "$work/out")" = 1
# And an apply tells it before the tree forgets it.
soon=$(date -u -d '+3 seconds' +%Y-%m-%dT%H:%M:%SZ)
printf 'exclusions: {unseen: {match: [{tvdb_id: 70001}], until: "%s"}}\n' "$soon" >"$work/tree/exclusions/soon.yaml"
exits 0 apply --yes --allow-prune=1 >/dev/null
sleep 4
rm "$work/tree/exclusions/soon.yaml"
exits 0 apply --yes --allow-prune=1 >/dev/null
exits 0 audit --kind exclusion >/dev/null
check 'one that ended unseen is told by the apply that removes it' grep -qE "expire +exclusion/unseen .*=> 1 series becomes searchable again" "$work/out"
