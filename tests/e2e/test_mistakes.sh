# A tree with 20 different mistakes in 6 files: exactly those findings, each at its line and column. The list
# was written by hand, from the files.
"$splintarr" validate tests/golden/mistakes >"$work/out" 2>&1
check 'the tree is invalid' test $? -eq 3
awk '/^error\[/ {code = substr($1, 7, 4); first = 1} /^ +--> / && first {print $2, code; first = 0}' "$work/out" |
    sort >"$work/findings"
check 'exactly the expected findings' diff <(sort tests/golden/mistakes.expect) "$work/findings"
check 'as many as it says' grep -q '^20 errors in 6 files' "$work/out"
