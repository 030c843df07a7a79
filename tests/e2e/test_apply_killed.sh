# The process dies at every fault point of apply: afterwards the old or the new revision, and apply converges.
if ! env SPLINTARR_FAULT_COUNT="$work/count" "$debug" apply --yes examples/basic >/dev/null 2>&1 || [ ! -s "$work/count" ]; then
    check 'the debug program applies and counts its fault points' false
else
    points=$(cat "$work/count")
    check "apply passes fault points" test "$points" -gt 5
    for n in $(seq "$points"); do
        fresh
        env SPLINTARR_FAULT_KILL="$n" "$debug" apply --yes examples/basic >"$work/out" 2>&1
        check "dies at point $n of $points" test $? -eq 86
        # A first apply also makes key and state; whatever is there must be usable or made anew.
        check "… then applies" exits 0 apply --yes examples/basic
        check "… is in sync" exits 0 diff examples/basic
        check "… and clean" exits 0 db check
    done
fi
