# Every tree in examples/ is valid, applies, and then differs in nothing.
for tree in examples/*/; do
    fresh
    check "$tree is valid" exits 0 validate "$tree"
    check "$tree differs from nothing" exits 1 diff "$tree"
    check "$tree applies" exits 0 apply --yes "$tree"
    check "$tree is in sync" exits 0 diff "$tree"
    check "$tree says so" says 'No changes.'
    check "$tree applies again, changing nothing" exits 0 apply --yes "$tree"
    check "the state is clean" exits 0 db check
done
