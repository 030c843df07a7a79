# The same meaning in every command (0 done, 1 differs, 2 usage, 3 invalid, 4 failed, 5 refused, 6 conflict).
check 'an unknown command' exits 2 aply
check '… is near a known one' says 'apply'
check 'an unknown flag' exits 2 diff --ful
check 'no state yet: reading creates nothing' exits 4 status
check '… says what creates it' says 'splintarr apply'
check '… and did not create it' test ! -e "$work/state"
check 'a tree without the marker is refused' exits 5 apply --yes
printf 'version: 1\nqueus: {}\n' >"$work/tree/splintarr.yaml"
check 'an invalid tree' exits 3 validate
check '… with the place' says 'splintarr.yaml:2:1'
check '… with advice' says "did you mean 'queues'?"
check '… changes nothing' exits 3 apply --yes
printf 'version: 1\ninstances:\n  tv: {type: sonarr, url: "http://127.0.0.1:1", api_key: {secret: k}}\nqueues:\n  q: {instances: [tv]}\n' >"$work/tree/splintarr.yaml"
check 'no terminal and no --yes' exits 5 apply
check 'a valid tree differs' exits 1 diff
check '… unless --exit-zero' exits 0 diff --exit-zero
check '… and applies' exits 0 apply --yes
check 'a missing secret is named when it is needed' exits 4 run --all
check '… with the command that stores it' says 'splintarr secret set k'
printf 0123456789abcdef | "$splintarr" secret set k >/dev/null 2>&1
check 'nobody listens' exits 4 run --all
check '… says where' says '127.0.0.1:1'
check 'a queue that is not there' exits 2 run nosuch
exec 8>"$work/state/lock"
flock 8
check 'a held lock' exits 6 apply --yes
exec 8>&-
cp "$work/state/key" "$work/key.kept"
rm "$work/state/key"
check 'a missing key is not made anew' exits 4 apply --yes
check '… and named' says '--key-file'
check '… and still missing' test ! -e "$work/state/key"
cp "$work/key.kept" "$work/state/key"
check 'with the key back all is well' exits 0 apply --yes
check '… and in sync' exits 0 diff
