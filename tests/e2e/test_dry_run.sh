# What a dry run says: a special is searched under its number and each of its series' titles, here one.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --world edges || failed=$((failed + 1))
sonarr=${ports%% *}
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s}
queues:
  specials: {instances: all, specials: true}
  no-specials: {instances: all}
exclusions:
  others: {match: [{title_regex: '^(?!Special$)'}]}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
check 'a dry run' exits 0 run specials --dry-run
check '… says what an item costs, when it is not one' grep -qE '^tv +1\. Special S00E01.*  \(episode/tv/[0-9]+\)  2 indexer queries$' "$work/out"
check '… and all of it' grep -qE '^tv  specials: [0-9]+ considered, 1 to search, for 2 indexer queries' "$work/out"
check 'one that would search nothing' exits 0 run no-specials --dry-run
check '… says so' grep -qE '^tv  no-specials: [0-9]+ considered, nothing to search; not searched: ' "$work/out"
check 'nothing was searched' exits 0 get attempts -o json
check '… at all' is_not_said 'episode/tv'
