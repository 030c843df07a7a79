# Every tree: fmt twice is fmt once, a line changes only between its key and its comment, and what it
# means stays.
only_values_changed() { # BEFORE AFTER: line by line; prints the lines where more than that changed
    paste -d $'\001' "$1" "$2" | awk -F '\001' '
        function frame(s,  key, note) {
            key = match(s, /^[^:]*(: |- )/) ? substr(s, 1, RLENGTH) : s
            note = match(s, / #.*$/) ? substr(s, RSTART) : ""
            return key "|" note
        }
        $1 != $2 && frame($1) != frame($2) { print; bad = 1 }
        END { exit bad }'
}

files_changed_in_values() { # BEFORE AFTER: directories
    local file ok=0
    (cd "$1" && find . -type f) | while read -r file; do
        [ "$(wc -l <"$1/$file")" = "$(wc -l <"$2/$file")" ] && only_values_changed "$1/$file" "$2/$file" || exit 1
    done || ok=1
    return $ok
}

changed=0
for tree in examples/*/ tests/golden/trees/*/; do
    fresh
    cp -r "$tree" "$work/before" && cp -r "$tree" "$work/once"
    check "$tree is formatted" exits 0 fmt "$work/once"
    cp -r "$work/once" "$work/twice"
    check "$tree twice" exits 0 fmt "$work/twice"
    check "$tree: twice is once" diff -r "$work/once" "$work/twice"
    check "$tree needs no more" exits 0 fmt --check "$work/once"
    check "$tree: only values changed" files_changed_in_values "$work/before" "$work/once"
    diff -rq "$work/before" "$work/once" >/dev/null || changed=$((changed + 1))
    [ "$tree" = tests/golden/trees/broken/ ] || check "$tree means the same" exits 0 diff --from "$work/before" --to "$work/once"
done
check "some tree was not in its canonical spelling" [ "$changed" -gt 0 ]
