#!/bin/bash
# What a daemon costs: how long a saved file takes to be applied, a reconcile that finds nothing, and
# a minute of doing nothing.
# usage: tests/bench/daemon.sh SPLINTARR TREE-OF-2000-RESOURCES
set -eu
splintarr=$1 big=$2
work=$(mktemp -d)
daemon=
trap '[ -z "$daemon" ] || kill "$daemon" 2>/dev/null; rm -rf "$work"' EXIT
now() { echo $((${EPOCHREALTIME/./} / 1000)); }
start() { # TREE [LOG-LEVEL]
    export SPLINTARR_CONFIG=$1 SPLINTARR_STATE=$work/state
    rm -rf "$work/state"
    : >"$work/log"
    "$splintarr" daemon --listen "127.0.0.1:0" --log-level "${2:-info}" >"$work/log" 2>&1 &
    daemon=$!
    until grep -q config_applied "$work/log"; do sleep 0.05; done
}
stop() { kill "$daemon" && wait "$daemon" || true; daemon=; }
wakeups() { cat /proc/"$daemon"/task/*/status | awk '/ctxt_switches/ {n += $2} END {print n}'; }

# ---- save to applied ----
mkdir "$work/small"
printf 'version: 1\nsettings: {reconcile: {debounce: 1s}}\nschedules: {s: {every: 1h}}\n' >"$work/small/splintarr.yaml"
git init -q "$work/small"
git -C "$work/small" add -A
git -C "$work/small" -c user.name=b -c user.email=b@b commit -qm bench
start "$work/small"
for i in 2 3 4 5 6; do
    n=$(grep -c config_applied "$work/log")
    begun=$(now)
    sed -i "s/every: [0-9]*h/every: ${i}h/" "$work/small/splintarr.yaml"
    until [ "$(grep -c config_applied "$work/log")" -gt "$n" ]; do sleep 0.002; done
    echo $(($(now) - begun - 1000))
done | sort -n | sed -n 3p >"$work/latency"
stop
printf '%-46s %10s ms\n' 'saved to applied, without the debounce (median)' "$(cat "$work/latency")"

# ---- nothing to do ----
cp -r "$big" "$work/big"
start "$work/big" debug
sleep 3
for _ in 1 2 3 4 5; do
    kill -HUP "$daemon"
    sleep 3
done
sed -nE 's/.* reconciled .*took_ms=([0-9]+)/\1/p' "$work/log" | tail -n 5 | sort -n | sed -n 3p >"$work/noop"
stop
printf '%-46s %10s ms   aim: under 20\n' 'reconcile of 1,991 resources that finds nothing' "$(cat "$work/noop")"

# ---- a quiet minute with ten instances ----
mkdir "$work/ten"
{
    printf 'version: 1\ninstances:\n'
    for i in $(seq 10); do printf '  tv%s: {type: sonarr, url: "http://127.0.0.1:1", api_key: {secret: k}, suspend: true}\n' "$i"; done
    printf 'queues:\n  missing: {instances: all, schedule: {every: 6h}}\n'
} >"$work/ten/splintarr.yaml"
start "$work/ten"
sleep 5
before=$(wakeups)
sleep 60
printf '%-46s %10s     aim: at most 20\n' 'wake-ups a minute, idle, ten instances' $(($(wakeups) - before))
printf '%-46s %10.1f MiB  aim: at most 6\n' '… anonymous memory' "$(awk '/^RssAnon/ {print $2 / 1024}' /proc/"$daemon"/status)"
printf '%-46s %10.1f MiB\n' '… resident memory' "$(awk '/^VmRSS/ {print $2 / 1024}' /proc/"$daemon"/status)"
stop
