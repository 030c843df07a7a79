# What lies in contrib/ for others to copy: unit, compose file, manifests, hook, workflow; as far as a machine can tell.

# ---- systemd ----

unit=$work/systemd/splintarr.service
mkdir -p "$unit.d"
sed "s|/usr/local/bin/splintarr|$splintarr|" contrib/systemd/splintarr.service >"$unit"
cp contrib/systemd/credentials.conf "$unit.d/"
verify_unit() {
    # The drop-in too; a manual page need not be installed here. Whatever it says is too much.
    local said
    said=$(systemd-analyze verify --man=no "$unit" 2>&1) && [ -z "$said" ] || { echo "$said"; return 1; }
}
syscalls_of() { # GROUP: its calls, groups in it resolved
    systemd-analyze syscall-filter "$1" | sed -nE 's/^ +([@a-z0-9_-]+)$/\1/p' | while read -r name; do
        case $name in @*) syscalls_of "$name" ;; *) echo "$name" ;; esac
    done
}
filtered() { # '' or ~: the calls of the unit's filters that begin so
    local name
    sed -nE "s/^SystemCallFilter=$1([a-z@].*)/\1/p" "$unit" | tr ' ' '\n' | while read -r name; do syscalls_of "$name"; done | sort -u
}
# Its life in short under strace: start, apply, a command, end. Every call must be one the unit allows.
live_traced() {
    cp -r examples/minimal "$work/traced"
    printf 0123456789abcdef | "$splintarr" secret set sonarr-key || return 1
    strace -f -qq -o "$work/strace" "$splintarr" daemon -C "$work/traced" --listen 127.0.0.1:0 >"$work/daemon.log" 2>&1 &
    local tracer=$! ok=1
    for _ in $(seq 100); do
        "$splintarr" history 1 >/dev/null 2>&1 && ok=0 && break
        sleep 0.1
    done
    "$splintarr" status -C "$work/traced"
    pkill -TERM -P $tracer
    wait $tracer
    [ $ok -eq 0 ] || { cat "$work/daemon.log"; return 1; }
}
only_allowed_calls() {
    sed -nE 's/^[0-9]+ +([a-z0-9_]+)\(.*/\1/p' "$work/strace" | sort -u >"$work/calls"
    [ "$(wc -l <"$work/calls")" -gt 30 ] || { echo 'too few calls to be true'; cat "$work/calls"; return 1; }
    filtered '' >"$work/allowed"
    filtered '~' >"$work/refused"
    comm -23 "$work/calls" <(comm -23 "$work/allowed" "$work/refused") >"$work/beyond"
    # SQLite gives files to their directory's owner when it is root, as here and not there.
    grep -vx fchown "$work/beyond" && { echo 'are not allowed by the unit'; return 1; }
    return 0
}
if command -v systemd-analyze >/dev/null; then
    check 'the unit and its drop-in are what systemd understands' verify_unit
    check 'the unit gives away little (exposure below 2.0)' \
        systemd-analyze security --offline=true --threshold=20 --no-pager "$unit"
    if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
        check 'the daemon lives under strace' live_traced
        check 'it makes no system call its unit refuses' only_allowed_calls
    else
        skip 'strace cannot be used'
    fi
else
    skip 'systemd-analyze is not installed'
fi

# MemoryDenyWriteExecute= by the kernel's own name (prctl PR_SET_MDWE, Linux 6.3): no JIT then, and no harm done.
without_jit() {
    python3 - "$splintarr" <<'EOT'
import ctypes, os, sys
assert ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) == 0
os.execv(sys.argv[1], [sys.argv[1], "validate", "examples/basic"])
EOT
}
if ! command -v python3 >/dev/null; then
    skip 'python3 is not installed'
elif ! python3 -c 'import ctypes; exit(ctypes.CDLL(None).prctl(66, 0, 0, 0, 0) < 0)'; then
    skip 'this kernel cannot deny memory that is written and run'
else
    check 'regular expressions work without a JIT' without_jit
fi

# ---- YAML, read by another parser ----

python=
for p in /usr/bin/python3 python3; do "$p" -c 'import yaml' 2>/dev/null && python=$p && break; done
manifest() { "$python" tests/e2e/manifests.py "$@"; }

# The workflow's own scripts against a repository, with docker and gh played by functions.
play_workflow() {
    local repo=$work/repo base
    mkdir -p "$work/steps" "$work/runner" "$repo"
    manifest steps contrib/ci/github-plan.yml "$work/steps" || return 1
    git init -q "$repo" && cp examples/minimal/* "$repo" && git -C "$repo" add . || return 1
    git -C "$repo" -c user.name=a -c user.email=a@example.org commit -qm base
    base=$(git -C "$repo" rev-parse HEAD)
    sed -i 's|http://sonarr:8989|http://sonarr:9898|' "$repo/splintarr.yaml"
    git -C "$repo" -c user.name=a -c user.email=a@example.org commit -qam change
    cat >"$work/played" <<EOT
docker() { # run --rm --network none -v FROM:TO:ro… IMAGE ARGS…
    local -A at
    shift 4
    while [ "\$1" = -v ]; do
        IFS=: read -r from to _ <<<"\$2"
        at[\$to]=\$from
        shift 2
    done
    shift
    local args=("\$@") i
    for i in "\${!args[@]}"; do args[i]=\${at[\${args[i]}]:-\${args[i]}}; done
    "$splintarr" "\${args[@]}"
}
gh() { echo "\$*" >>"$work/gh"; [[ "\$*" != *--edit-last* ]]; }
EOT
    for step in validate plan comment; do
        (cd "$repo" && BASH_ENV=$work/played RUNNER_TEMP=$work/runner GITHUB_STEP_SUMMARY=$work/summary IMAGE=image \
            BASE=$base PR=7 bash "$work/steps/$step.sh") || { echo "step $step failed"; return 1; }
    done
    grep -F 'http://sonarr:8989' "$work/summary" | grep -F 'http://sonarr:9898' || { cat "$work/summary"; return 1; }
    grep -x "pr comment 7 --body-file $work/runner/plan.md" "$work/gh"
}
if [ -n "$python" ]; then
    check 'compose.yaml: confined, every name leads somewhere' manifest compose contrib/compose.yaml
    for file in contrib/kubernetes/*.yaml; do
        check "$file: confined, every name leads somewhere" manifest kubernetes "$file"
    done
    mkdir -p "$work/configmap"
    check 'the tree of configmap.yaml' manifest tree contrib/kubernetes/configmap.yaml "$work/configmap"
    check '… is valid' exits 0 validate --strict "$work/configmap"
    check 'the workflow validates, plans and comments' play_workflow
    if command -v shellcheck >/dev/null; then
        check "the workflow's scripts are sound" shellcheck "$work"/steps/*.sh
    else
        skip 'shellcheck is not installed'
    fi
else
    skip 'no python3 with yaml'
fi

# ---- the hook ----

commit() { # in $work/hooked: STATUS MESSAGE
    local got
    (cd "$work/hooked" && git add -A && SPLINTARR=$splintarr \
        git -c user.name=a -c user.email=a@example.org commit -qm "$2")
    got=$?
    [ $((got != 0)) -eq "$1" ] || { echo "commit exits $got"; return 1; }
}
git init -q "$work/hooked" && cp -r examples/basic "$work/hooked/tree"
cp contrib/hooks/pre-commit "$work/hooked/.git/hooks/"
check 'the hook lets a good tree pass' commit 0 good
cp "$work/hooked/tree/queues.yaml" "$work/good.yaml"
sed -i 's/batch: 10/batch: ten/' "$work/hooked/tree/queues.yaml"
check 'the hook refuses an invalid one' commit 1 bad
# What is committed counts: the mistake is staged, the file is good again.
cp "$work/good.yaml" "$work/hooked/tree/queues.yaml"
staged_alone() {
    (cd "$work/hooked" && SPLINTARR=$splintarr git -c user.name=a -c user.email=a@example.org commit -qm bad) && return 1
    return 0
}
check '… looking at what is staged' staged_alone
sed -i 's/api_key: {secret: sonarr-key}/api_key: !secret sonarr-key/' "$work/hooked/tree/instances.yaml"
check '… and one that fmt would write otherwise' commit 1 unformatted
