# Twenty planted values: stored, in files, in the environment, as credentials, and written into the tree by mistake.
# None may appear in any output of any command, nor in the bytes of the database.
values=()
for i in $(seq -w 1 20); do values+=("planted${i}x$(head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n')"); done
mkdir -p "$work/secrets" "$work/cred"
export CREDENTIALS_DIRECTORY=$work/cred
{
    echo 'version: 1'
    echo 'instances:'
    for i in $(seq 0 4); do echo "  s$i: {type: sonarr, url: \"http://127.0.0.1:1\", api_key: {secret: k$i}}"; done
    for i in $(seq 5 8); do
        printf '%s\n' "${values[$i]}" >"$work/secrets/f$i"
        chmod 600 "$work/secrets/f$i"
        echo "  s$i: {type: sonarr, url: \"http://127.0.0.1:1\", api_key: {file: $work/secrets/f$i}}"
    done
    for i in $(seq 9 11); do
        printf '%s' "${values[$i]}" >"$work/cred/c$i"
        echo "  s$i: {type: radarr, url: \"http://127.0.0.1:1\", api_key: {credential: c$i}}"
    done
    for i in $(seq 12 14); do
        export "PLANTED_$i=${values[$i]}"
        echo "  s$i: {type: radarr, url: \"http://127.0.0.1:1\", api_key: {env: PLANTED_$i}}"
    done
    echo 'queues:'
    echo '  q: {instances: all}'
} >"$work/tree/splintarr.yaml"
for i in $(seq 0 4); do
    printf '%s' "${values[$i]}" | "$splintarr" secret set "k$i" >>"$work/said" 2>&1
done

check 'applies' exits 0 apply --yes
exits 4 run --all >/dev/null
for command in 'validate' 'validate -o json' 'diff --full' 'diff -o json' 'diff -o markdown' 'status' 'status -o json' \
    'get instances' 'get instances -o json' 'get queues -o json' 'get runs' 'get runs -o json' 'get attempts' \
    'describe instance/s0' 'describe instance/s5 -o json' 'describe queue/q' 'why queue/q' 'secret list' 'secret check' \
    'run --all -o json' 'run --all -v' 'history' 'history 1' 'history 1 -o json' 'diff --against 1 --full' 'rollback 1' \
    "diff --out $work/said.plan" 'db check'; do
    # shellcheck disable=SC2086
    "$splintarr" $command >>"$work/said" 2>&1 </dev/null
done
check 'a plan is saved' test -s "$work/said.plan"
cat "$work/said.plan" >>"$work/said"
# Written into the tree by mistake, in every place that looks tempting.
cat >"$work/tree/splintarr.yaml" <<EOT
version: 1
instances:
  a: {type: sonarr, url: "http://127.0.0.1:1", api_key: ${values[15]}}
  b: {type: sonarr, url: "http://127.0.0.1:1", api_key: {secret: k0}, webhook: {token: "${values[16]}"}}
notifications:
  d: {type: discord, url: "https://discord.example/${values[17]}"}
  w: {type: webhook, url: "https://hook.example/", headers: {Authorization: "${values[18]}"}}
users:
  u: {role: admin, password: "${values[19]}"}
EOT
check 'literals are refused' exits 3 validate
check '… with the code' says 'E301'
exits 3 apply --yes >/dev/null
exits 3 diff -o json >/dev/null
"$splintarr" validate -o json >>"$work/said" 2>&1
for i in "${!values[@]}"; do
    check "value $((i + 1)) appears in no output" is_silent_on "${values[$i]}"
    check "value $((i + 1)) is not in the state's bytes" bash -c '! grep -rqaF "$1" "$2"' _ "${values[$i]}" "$work/state"
done
check 'something was said at all' test "$(wc -c <"$work/said")" -gt 5000
