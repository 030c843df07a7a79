# retry: an item that rests is searched again, without a daemon and through one.
key=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$key" --world lab --speed 60 || failed=$((failed + 1))
sonarr=${ports%% *}
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$sonarr", api_key: {secret: key}, max_requests: 50/s, limits: {min_gap: 0s}}
queues:
  missing: {instances: all, batch: 5, cooldown: 7d, schedule: {every: 365d}}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
check 'it searches' exits 0 run missing
# Of the laboratory's episodes the first of season 1 may be searched: number 2.
check 'what was searched rests' exits 0 why episode/tv/2
check '… and says so' says '=> cooling_down'
check 'asked for again' exits 0 retry episode/tv/2
check '… it may be searched' exits 0 why episode/tv/2
check '… and says so' says '=> may be searched'
check 'when its queue is paused' exits 0 pause queue/missing --reason holiday
check '… it waits for that' exits 0 why episode/tv/2
check '… and says so' says 'paused: Paused by hand. (splintarr why queue/missing)'
check '… in the answer' says '=> may be searched by the next run, once its queue may, ranking permitting'
check '… and in JSON' exits 0 why episode/tv/2 -o json
check '… by its code' says '"queue_gate": "paused"'
check '… until it goes on' exits 0 resume queue/missing
start_daemon
check 'through the daemon as well' exits 0 retry episode/tv/3
stop_daemon
check 'it is searched again' exits 0 run missing
check '… once' exits 0 why episode/tv/2
check '… and rests again' says '=> cooling_down'
check 'the audit log keeps who asked' exits 0 audit
check '… for what' says 'Lab Show S01E01'
check 'what is no item' exits 2 retry queue/missing
check 'an item that is not there' exits 2 retry episode/tv/999
