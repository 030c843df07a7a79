# tests/e2e/lib.sh — the few words the end-to-end tests are written in. Sourced by tests/e2e/run.
# Each test file runs in a directory of its own with a fresh state; $splintarr and $arrsim are absolute.

passed=0 failed=0 skipped=0 skips=()

# Says what held, shows what did not: check DESCRIPTION COMMAND...
check() {
    local what=$1
    shift
    if "$@" >"$work/check.out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $test: $what"
        sed 's/^/    /' "$work/check.out" | head -n 40
    fi
}

skip() { skipped=$((skipped + 1)) skips+=("$test: $1"); }

# Runs splintarr, keeps everything it says in $work/said: exits STATUS ARGS...
exits() {
    local want=$1 got
    shift
    "$splintarr" "$@" >"$work/out" 2>"$work/err" </dev/null
    got=$?
    cat "$work/out" "$work/err" | tee -a "$work/said"
    [ $got -eq "$want" ] || { echo "exit $got, expected $want: splintarr $*"; return 1; }
}

says() { grep -qF -- "$1" "$work/out" "$work/err" || { echo "not said: $1"; cat "$work/out" "$work/err"; return 1; }; }
is_not_said() { ! says "$1" >/dev/null; }
is_silent_on() { ! grep -qF -- "$1" "$work/said"; }

fresh() { # a state and a tree of their own
    rm -rf "$work"
    mkdir -p "$work/tree"
    export SPLINTARR_STATE=$work/state SPLINTARR_CONFIG=$work/tree
    : >"$work/said"
}

# Starts the simulator with ARGS, waits for its ports: $ports is then "8001 8002 …".
start_sim() {
    rm -f "$work/ports"
    "$arrsim" "$@" --ready-file "$work/ports" >"$work/arrsim.log" 2>&1 &
    sim=$!
    for _ in $(seq 100); do
        [ -s "$work/ports" ] && break
        sleep 0.1
    done
    ports=$(grep -oE ':[0-9]+' "$work/ports" | tr -d ':' | tr '\n' ' ')
    [ -n "$ports" ] || { cat "$work/arrsim.log"; return 1; }
}
stop_sim() {
    [ -n "${sim:-}" ] || return 0
    kill "$sim" 2>/dev/null
    wait "$sim" 2>/dev/null
    sim=
}

# ---- the daemon ----

# Starts it with ARGS, without a web unless told otherwise; $daemon is its pid, $work/log its log.
start_daemon() {
    "${daemon_program:-$splintarr}" daemon --listen off --log-level info "$@" >>"$work/log" 2>&1 &
    daemon=$!
    for _ in $(seq 100); do
        grep -q ' started ' "$work/log" && return 0
        kill -0 "$daemon" 2>/dev/null || break
        sleep 0.05
    done
    cat "$work/log"
    return 1
}
stop_daemon() { # its exit status
    [ -n "${daemon:-}" ] || return 0
    kill "${1:--TERM}" "$daemon" 2>/dev/null
    wait "$daemon" 2>/dev/null
    local status=$?
    daemon=
    return $status
}

# Waits up to SECONDS until COMMAND holds: within SECONDS COMMAND...
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -le "$end" ] || { echo "not within time: $*"; tail -n 5 "$work/log"; return 1; }
        sleep 0.1
    done
}
revision() { "$splintarr" status -o json | sed -nE 's/.*"revision": ([0-9]+).*/\1/p' | head -n 1; }
is_revision() { [ "$(revision)" = "$1" ]; }
standing() { "$splintarr" status -o json | sed -nE 's/.*"standing": "([A-Za-z]+)".*/\1/p' | head -n 1; }
stands() { [ "$(standing)" = "$1" ]; }
