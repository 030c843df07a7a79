# Trees that are swapped as a whole, and volumes that come and go.
settings='settings: {reconcile: {debounce: 200ms, poll_interval: 10s}}'
write_config() { # DIR EVERY
    mkdir -p "$1"
    printf 'version: 1\n%s\n' "$settings" >"$1/splintarr.yaml"
    printf 'schedules: {s1: {every: %s}, s2: {every: 2h}, s3: {every: 3h}, s4: {every: 4h}}\n' "$2" >"$1/schedules.yaml"
}
runs_every() { "$splintarr" get schedule/s1 -o json | grep -q "\"every\": \"$1\""; }
applied_once() { # REVISION EVERY
    within 8 is_revision "$1" && runs_every "$2" && sleep 0.8 && is_revision "$1"
}

# ---- a Kubernetes ConfigMap: files are links through ..data, which is swapped by rename ----

tree=$work/tree
write_config "$tree/..2026_11_23_01" 1h
ln -s ..2026_11_23_01 "$tree/..data"
ln -s ..data/splintarr.yaml "$tree/splintarr.yaml"
ln -s ..data/schedules.yaml "$tree/schedules.yaml"
start_daemon
check 'a ConfigMap is applied' applied_once 1 1h
write_config "$tree/..2026_11_23_02" 5h
ln -s ..2026_11_23_02 "$tree/..data_tmp"
mv -T "$tree/..data_tmp" "$tree/..data"
rm -r "$tree/..2026_11_23_01"
check 'swapped: once' applied_once 2 5h
stop_daemon

# ---- git-sync: the root itself is a link to a worktree named by its commit ----

fresh
one=1111111111111111111111111111111111111111 two=2222222222222222222222222222222222222222
write_config "$work/sync/.worktrees/$one" 1h
ln -s ".worktrees/$one" "$work/sync/current"
export SPLINTARR_CONFIG=$work/sync/current
start_daemon
check 'a git-sync link is applied' applied_once 1 1h
check '… with the commit in its name' exits 0 history -o json
check '… as it says' says "$one"
write_config "$work/sync/.worktrees/$two" 6h
ln -s ".worktrees/$two" "$work/sync/next"
mv -T "$work/sync/next" "$work/sync/current"
rm -r "$work/sync/.worktrees/$one"
check 'swapped: once' applied_once 2 6h
check '… with the new commit' exits 0 history -o json
check '… as it says' says "$two"
stop_daemon

# ---- a volume that is not mounted ----

fresh
export SPLINTARR_CONFIG=$work/mnt
mkdir -p "$work/mnt"
if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
    cat >"$work/volume.sh" <<'EOF'
mount --make-rprivate / && mount -t tmpfs none "$work/mnt" || exit 1
write_config "$work/mnt" 1h
start_daemon
check 'a mounted volume is applied' applied_once 1 1h
umount -l "$work/mnt"
check 'unmounted: missing, within 5 s' within 5 stands SourceMissing
check '… nothing changed' is_revision 1
mount -t tmpfs none "$work/mnt"
write_config "$work/mnt" 1h
check 'mounted again' within 12 stands Synced
check '… nothing changed' is_revision 1
umount -l "$work/mnt"
check 'unmounted again' within 12 stands SourceMissing
mount -t tmpfs none "$work/mnt"
write_config "$work/mnt" 7h
check 'mounted with other content' within 12 is_revision 2
stop_daemon
EOF
    export work splintarr
    # The checks run in a mount namespace of their own and report through a file.
    unshare -m bash -c 'test=test_daemon_volumes; . tests/e2e/lib.sh; '"$(declare -f write_config runs_every applied_once)"'; settings="'"$settings"'"; . "$work/volume.sh"; echo "$passed $failed" >"$work/counts"'
    read -r p f <"$work/counts" || { p=0 f=1; }
    passed=$((passed + p)) failed=$((failed + f))
else
    skip 'unmounting: needs root and unshare -m'
fi
