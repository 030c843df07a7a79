#!/bin/bash
# Every tree in examples/ is valid, applies, and then differs from nothing.
#   usage: tests/golden/examples.sh PROGRAM [DIR …]
set -u
program=$(realpath "$1")
shift
[ $# -gt 0 ] || set -- "$(dirname "$0")"/../../examples/*/
status=0 n=0
for tree in "$@"; do
    [ -f "$tree/splintarr.yaml" ] || continue
    n=$((n + 1))
    state=$(mktemp -d)
    export HOME=$state TZ=UTC SPLINTARR_STATE=$state/s
    "$program" validate "$tree" >"$state/out" 2>&1 &&
        "$program" apply --yes "$tree" >>"$state/out" 2>&1 &&
        "$program" diff "$tree" >"$state/diff" 2>&1 &&
        grep -q '^No changes\.' "$state/diff" ||
        { echo "examples: $tree"; cat "$state/out" "$state/diff" 2>/dev/null; status=1; }
    rm -rf "$state"
done
[ $status = 0 ] && echo "examples: $n trees apply, and then nothing differs"
exit $status
