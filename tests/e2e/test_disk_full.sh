# A full disk and a locked database: what happened and what helps is said, nothing is lost, and once
# there is room again, or the other process is done, everything goes on.
write_config() { # SCHEDULES
    mkdir -p "$work/tree"
    {
        printf 'version: 1\ninstances:\n  tv: {type: sonarr, url: "http://127.0.0.1:%s", api_key: {env: TV_KEY}, max_requests: 50/s, limits: {searches_per_hour: 1000, min_gap: 0s}}\n' "${ports%% *}"
        printf 'queues:\n  missing: {instances: [tv], batch: 5}\nschedules:\n'
        for n in $(seq "$1"); do printf '  schedule-%s: {every: %sh}\n' "$n" "$n"; done
    } >"$work/tree/splintarr.yaml"
}
fill_disk() { # KB_LEFT
    dd if=/dev/zero of="$work/state/filler" bs=4k >/dev/null 2>&1
    truncate -s -"${1:-0}"K "$work/state/filler"
}
make_room() { rm "$work/state/filler"; }

# ---- another process holds the database ----

export TV_KEY=0123456789abcdef0123456789abcdef
start_sim --sonarr "0:modern:$TV_KEY" --world demo --seed 7 --speed 60 || failed=$((failed + 1))
write_config 1
check 'applies' exits 0 apply --yes

# The locks that SQLite itself takes: on all of the file, as whoever replaces it; on the right to write.
hold() { # FILE BYTE LENGTH SECONDS
    rm -f "$work/holds"
    python3 - "$@" "$work/holds" <<'PY' &
import fcntl, sys, time
path, byte, length, seconds, ready = sys.argv[1:]
with open(path, "a+b") as f:
    fcntl.lockf(f, fcntl.LOCK_EX, int(length), int(byte))
    open(ready, "w").close()
    time.sleep(float(seconds))
PY
    holder=$!
    within 10 test -e "$work/holds"
}
let_go() {
    kill "$holder" 2>/dev/null
    wait "$holder" 2>/dev/null
}
write_config 2
check 'another process holds the database' hold "$work/state/splintarr.db-shm" 120 1 60
check '… apply fails' exits 6 apply --yes
check '… says that it is held' says 'held by another process'
check '… and what helps' says 'try again'
let_go
check '… nothing was changed' exits 1 diff
check '… nothing is damaged' exits 0 db check
check 'held for a moment' hold "$work/state/splintarr.db" 1073741826 510 2
check '… is waited for' exits 0 apply --yes
let_go
check '… in sync' exits 0 diff

# ---- … from the daemon, where everything waits in one line ----

in_time() { # SECONDS COMMAND...
    begun=$SECONDS most=$1
    shift
    "$@" && [ $((SECONDS - begun)) -le "$most" ]
}
check 'a daemon' start_daemon
check 'another process holds its database' hold "$work/state/splintarr.db-shm" 120 1 60
check '… is waited for, not by one after the other' in_time 13 exits 6 pause queue/missing
check '… who comes next is answered soon' in_time 4 exits 6 pause queue/missing
let_go
check '… and goes on when it is done' exits 0 pause queue/missing
check '… ends' stop_daemon

# ---- a disk that is full ----

full_disk() {
    mkdir -p "$work/state"
    mount -t tmpfs -o size=4m none "$work/state" || return 1
    write_config 3
    fill_disk
    check 'full before the first apply' exits 4 apply --yes
    check '… as it says' says_full
    make_room
    check '… with room it applies' exits 0 apply --yes
    check '… clean' exits 0 db check

    write_config 300
    fill_disk
    check 'full: a change is not applied' exits 4 apply --yes
    check '… as it says' says_full
    check 'full: no search begins' exits 4 run --all
    check '… as it says' says_full
    make_room
    check 'with room the change is still to be done' exits 1 diff
    check '… nothing is damaged' exits 0 db check
    check '… is applied' exits 0 apply --yes
    check '… in sync' exits 0 diff

    fill_disk 128
    check 'nearly full: a run begins and fails' exits 4 run --all
    check '… as it says' says_full
    make_room
    check '… goes on with room' exits 0 run --all
    check '… really searches' test "$(searched | wc -l)" -gt 0
    check '… nothing twice' test -z "$(searched | sort | uniq -d)"
    check '… still clean' exits 0 db check

    fill_disk
    mkdir -p "$work/state/tmp"
    export TMPDIR=$work/state/tmp
    check 'full: no copy to simulate with' exits 4 simulate --days 1
    check '… as it says, of the right place' says "no room for a copy of the state in '$TMPDIR/"
    check '… nothing stays there' test -z "$(ls -A "$TMPDIR")"
    unset TMPDIR
    make_room
    umount -l "$work/state"
}
searched() { curl -s "http://127.0.0.1:${ports%% *}/_sim/searches" | tr -d ' \n' | grep -oE '"item":[0-9]+'; }
says_full() { says 'full disk' || says 'No space left'; }

fresh
if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
    export work splintarr ports
    # In a mount namespace of their own the checks report through a file.
    declare -f write_config searched fill_disk make_room full_disk says_full >"$work/disk.sh"
    cat >>"$work/disk.sh" <<'EOF'
mount --make-rprivate /
full_disk || check 'a small disk' false
echo "$passed $failed" >"$work/counts"
EOF
    unshare -m bash -c 'test=test_disk_full; . tests/e2e/lib.sh; . "$work/disk.sh"'
    read -r p f <"$work/counts" || { p=0 f=1; }
    passed=$((passed + p)) failed=$((failed + f))
else
    skip 'a full disk: needs root and unshare -m'
fi
