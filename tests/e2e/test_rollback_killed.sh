# The process dies at every fault point of rollback: afterwards the old revision without a pin, or the new one with it.
tree() { printf 'version: 1\nschedules: {a: {every: %sh}, b: {every: 1d}}\n' "$1" >"$work/tree/splintarr.yaml"; }
pin() { "$splintarr" history -o json | sed -nE 's/.*"pinned": ([a-z0-9]+).*/\1/p'; }
before_or_after() {
    case "$(revision) $(pin)" in
    '2 null' | '3 1') ;;
    *) echo "between: revision and pin are $(revision) $(pin)" && return 1 ;;
    esac
}

tree 1 && exits 0 apply --yes >/dev/null
tree 2 && exits 0 apply --yes >/dev/null
cp -r "$work/state" "$work/kept"
if ! env SPLINTARR_FAULT_COUNT="$work/count" "$debug" rollback --yes >/dev/null 2>&1 || [ ! -s "$work/count" ]; then
    check 'the debug program goes back and counts its fault points' false
else
    points=$(cat "$work/count")
    check 'it passes fault points' test "$points" -gt 3
    check 'all of it is there at the end' test "$(revision) $(pin)" = '3 1'
    for n in $(seq "$points"); do
        rm -rf "$work/state" && cp -r "$work/kept" "$work/state"
        env SPLINTARR_FAULT_KILL="$n" "$debug" rollback --yes >"$work/out" 2>&1
        check "dies at point $n of $points" test $? -eq 86
        check '… never between' before_or_after
        check '… clean' exits 0 db check
    done
fi
