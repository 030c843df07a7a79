# Every YAML block of the README is a tree that is valid and applies; every path it names exists.
n=0
while IFS= read -r -d '' block; do
    n=$((n + 1))
    fresh
    printf '%s' "$block" >"$work/tree/splintarr.yaml"
    check "README's block $n is valid" exits 0 validate
    check "README's block $n applies" exits 0 apply --yes
done < <(awk '/^```yaml$/ {inside = 1; next} /^```$/ {if (inside) printf "%c", 0; inside = 0} inside' README.md)
check 'the README shows YAML' test "$n" -gt 0
for path in $(grep -oE '`(contrib|examples|schema|tests|src)/[A-Za-z0-9_./-]*`' README.md contrib/HACKING.md | sed 's/.*`\(.*\)`/\1/' | grep -v NAME | sort -u); do
    check "$path, named in the manuals, exists" test -e "$path"
done
# The plan that the README shows is the demo's own, up to where it is cut.
fresh
"$splintarr" diff -C examples/demo >"$work/demo" 2>&1
shown() { sed -n '/^\$ splintarr apply --yes$/,/^  …$/p' README.md | sed '1d;$d'; }
check 'the README shows a plan' test "$(shown | wc -l)" -gt 3
check '… of the demo' bash -c '[[ $(cat "$1") == *"$2"* ]]' - "$work/demo" "$(shown)"
