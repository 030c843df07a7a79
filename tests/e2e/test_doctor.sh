# doctor names what is wrong with a place, and what mends it.
cp -r examples/basic/. "$work/tree"
check 'a fresh place is healthy' exits 0 doctor
check '… and nothing was made' test ! -e "$work/state"
exits 0 apply --yes >/dev/null
check 'so is one that works' exits 0 doctor
check '… with the resources' says '6 resources in 4 files'
check '… and where settings come from' grep -qE "^  state +environment" "$work/out"
chmod 644 "$work/state/key"
check 'a key open to others is a problem' exits 1 doctor
check '… with its remedy' says 'chmod 600'
chmod 600 "$work/state/key"
cp "$work/state/key" "$work/tree/key"
check 'a key in the tree is a problem' exits 1 --key-file "$work/tree/key" doctor
check '… said so' says 'inside the tree'
rm "$work/tree/key"
mv "$work/state/key" "$work/kept"
check 'a missing key is a problem' exits 1 doctor
check '… led to --key-file' says '--key-file'
mv "$work/kept" "$work/state/key"
chmod 755 "$work/state"
check 'an open state directory is a warning' exits 0 doctor
check '… said so' says 'chmod 700'
chmod 700 "$work/state"
echo 'oops: [' >"$work/tree/bad.yaml"
check 'an invalid tree is a problem' exits 1 doctor -o json
check '… in JSON too' says '"healthy": false'
rm "$work/tree/bad.yaml"
check 'a place without a tree is a problem' exits 1 -C "$work/nowhere" doctor
check '… led to init' says 'splintarr init'
if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
    cp "$work/tree/splintarr.yaml" "$work/alone.yaml"
    check 'a file mounted alone is a problem' unshare -m bash -c "mount --make-rprivate / && mkdir -p '$work/other' && mount -t tmpfs none '$work/other' && cp '$work/alone.yaml' '$work/other/x' && mount --bind '$work/other/x' '$work/tree/splintarr.yaml' && ! '$splintarr' doctor >'$work/out' && grep -q 'mount the directory' '$work/out'"
    check '… and outside that mount nothing is' exits 0 doctor
else
    skip 'single-file mounts: needs root and unshare -m'
fi
start_daemon
check 'a daemon is seen' exits 0 doctor
check '… where it is' says 'one answers at'
stop_daemon
