# A tree with 20 different mistakes in 6 files: exactly those findings, each at its line and column. The list
# was written by hand, from the files.
"$splintarr" validate tests/e2e/mistakes >"$work/out" 2>&1
check 'the tree is invalid' test $? -eq 3
awk '/^error\[/ {code = substr($1, 7, 4); first = 1} /^ +--> / && first {print $2, code; first = 0}' "$work/out" |
    sort >"$work/findings"
check 'exactly the expected findings' diff <(sort tests/e2e/mistakes.expect) "$work/findings"
check 'and the other place of the duplicate' grep -q -- '--> queues/tv.yaml:2:3' "$work/out"
check 'as many as it says' grep -q '^20 errors in 6 files' "$work/out"
