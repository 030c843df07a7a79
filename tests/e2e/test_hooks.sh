# Webhooks end to end: the declared token lets an event in, the daemon hears it, nobody else does, and the token is nowhere.
key=0123456789abcdef0123456789abcdef token=hook-t0ken-0123456789 box_token=alices-t0ken-0123456789
recordings=$PWD/tests/recordings
start_sim --sonarr "0:old:$key" --world lab || failed=$((failed + 1))
read -r port <<<"$ports"
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
settings: {webhooks: {base_url: "http://splintarr:7337/"}, reconcile: {debounce: 200ms}}
instances:
  tv: {type: sonarr, url: "http://127.0.0.1:$port", api_key: {secret: key}, webhook: {token: {secret: hook}}}
  films: {type: radarr, url: "http://127.0.0.1:1", api_key: {secret: key}, suspend: true, webhook: {token: {secret: absent}}}
  mute: {type: sonarr, url: "http://127.0.0.1:1", api_key: {secret: key}, suspend: true}
EOT
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
printf %s $token | "$splintarr" secret set hook >/dev/null 2>&1
check 'the fields have an effect' exits 0 validate
check '… so nothing says they have none' is_not_said W090
exits 0 apply --yes >/dev/null
check 'the address to paste' exits 0 describe instance/tv
check '… is shown' says 'http://splintarr:7337/hooks/tv'
check '… for scripts' exits 0 describe instance/tv -o json
check '… too' says '"webhook_url": "http://splintarr:7337/hooks/tv"'
check 'none without a token' exits 0 describe instance/mute
check '… is shown' is_not_said '/hooks/'
start_daemon --listen 127.0.0.1:0 --public-url https://splintarr.example
web=$(sed -nE 's/.* web_listening .*port=([0-9]+).*/\1/p' "$work/log" | head -n 1)
post() { # STATUS PATH FILE CURL-ARGS...
    local want=$1 path=$2 file=$3 got
    shift 3
    got=$(curl -s -o "$work/answer" -w '%{http_code}' --data-binary "@$file" "$@" "http://127.0.0.1:$web/hooks/$path")
    [ "$got" = "$want" ] || { echo "$got, expected $want"; cat "$work/answer"; return 1; }
}
host() { curl -s -o /dev/null -w '%{http_code}' -H "Host: $1" "http://127.0.0.1:$web/nothing"; }
check 'its public name is known' eval '[ "$(host splintarr.example)" = 404 ]'
check '… another is not' eval '[ "$(host splintarr.example.org)" = 421 ]'
sonarr=$recordings/sonarr-3.0.10
check 'Basic' within 5 post 202 tv "$sonarr/webhook.Test.json" -u "any:$token"
check 'a header' post 202 tv "$sonarr/webhook.Grab.json" -H "X-Splintarr-Token: $token"
check 'a query, PUT' post 202 "tv?token=$token" "$sonarr/webhook.EpisodeFileDelete.json" -X PUT
check 'of the other application' post 202 "tv?token=$token" "$recordings/radarr-3.0.1/webhook.Grab.json"
echo '{"eventType":"Later"}' >"$work/later"
check 'of a later version' post 202 "tv?token=$token" "$work/later"
echo '{"eventType":' >"$work/half"
check 'half an event' post 400 "tv?token=$token" "$work/half"
head -c 1048577 /dev/zero >"$work/long"
check 'too long' post 413 "tv?token=$token" "$work/long"
for other in tv 'tv?token=wrong' "mute?token=$token" "films?token=$token" films 'films?token=' "nobody?token=$token" "alice/tv?token=$token"; do
    check "$other" post 401 "$other" "$work/later"
    cp "$work/answer" "$work/refusal-${other//[^a-z]/-}"
done
check 'every refusal is the same' [ "$(cat "$work"/refusal-* | sort | uniq | wc -l)" = 1 ]
heard() { grep -cE " hook_received instance=tv .*type=$1( |$)" "$work/log"; }
check 'the daemon heard of it' within 5 heard Later
check '… of each' [ "$(grep -c ' hook_received ' "$work/log")" = 5 ]
counted() { curl -s "http://127.0.0.1:$web/metrics" | grep -xF "splintarr_hooks_total{$1} $2"; }
check 'metrics: a test' within 5 counted 'instance="tv",event="test",result="accepted"' 1
check '… a later version' counted 'instance="tv",event="unknown",result="accepted"' 1
check '… of the other application' counted 'instance="tv",event="grabbed",result="foreign"' 1
check '… half an event' counted 'instance="",event="",result="malformed"' 1
check '… refusals' counted 'instance="",event="",result="unauthorized"' 8

# ---- while all is suspended ----

sed -i 's/^settings: {/settings: {suspend: true, /' "$work/tree/splintarr.yaml"
is_suspended() { "$splintarr" get instances | grep -qE '^tv .*suspended'; }
check 'everything is suspended' within 10 is_suspended
echo '{"level":"error","type":"IndexerStatusCheck","eventType":"Health"}' >"$work/health"
check 'who tells something is heard' post 202 "tv?token=$token" "$work/health"
check '… and told' within 5 heard Health
check '… and nothing is wrong with it' eval '! grep -q " hook_ignored " "$work/log"'
sed -i 's/^settings: {suspend: true, /settings: {/' "$work/tree/splintarr.yaml"

# ---- tokens change ----

check 'a token that was missing' eval 'printf %s "$box_token" | "$splintarr" secret set absent'
check '… opens' within 5 post 202 "films?token=$box_token" "$recordings/radarr-3.0.1/webhook.Test.json"
sed -i 's/, webhook: {token: {secret: hook}}//' "$work/tree/splintarr.yaml"
has_no_door() { "$splintarr" describe instance/tv | awk '/\/hooks\// {n++} END {exit n > 0 || NR == 0}'; }
check 'a token declared no more' within 10 has_no_door
check '… opens nothing' within 3 post 401 "tv?token=$token" "$work/later"
stop_daemon
for secret in "$token" "$box_token"; do
    check "$secret is not logged" eval '! grep -qF "$secret" "$work/log"'
    check '… nor said' is_silent_on "$secret"
done
stop_sim
