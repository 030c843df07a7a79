# What is exported is the same configuration: no difference to the state it came from, and applied to
# an empty one it gives the same document.
export_to() { # DIR [FLAGS...]: root and tenants
    local dir=$1 tenant
    shift
    mkdir -p "$dir"
    "$splintarr" export "$@" >"$dir/splintarr.${ext:-yaml}" || return 1
    for tenant in $tenants; do
        mkdir -p "$dir/tenants/$tenant"
        "$splintarr" export --tenant "$tenant" "$@" >"$dir/tenants/$tenant/all.${ext:-yaml}" || return 1
    done
}

for tree in examples/*/ tests/golden/trees/home/ tests/golden/trees/shared/; do
    fresh
    tenants=$(cd "$tree" && ls tenants 2>/dev/null)
    check "$tree applies" exits 0 apply --yes "$tree"
    check "$tree is exported" export_to "$work/yaml"
    (cd "$tree" && find . -name '*.txt' -exec cp --parents -t "$work/yaml" {} +)
    check "$tree: the export is valid" exits 0 validate "$work/yaml"
    check "$tree: the export differs in nothing" exits 0 diff "$work/yaml"
    check "$tree: it says so" says 'No changes.'
    check "$tree: the export is formatted" exits 0 fmt --check "$work/yaml"
    export SPLINTARR_STATE=$work/state2
    check "$tree: the export applies" exits 0 apply --yes "$work/yaml"
    check "$tree: and is exported again" export_to "$work/again"
    find "$work/yaml" -path '*/lists*' -delete
    check "$tree: to the same" diff -r "$work/yaml" "$work/again"
done

# One profile as JSON is a file of a tree.
fresh
cp -r examples/full "$work/mine"
check "the full example applies" exits 0 apply --yes "$work/mine"
check "a profile is exported" exits 0 export profile/finish-ended-shows -o json
mkdir "$work/other" && echo 'version: 1' >"$work/other/splintarr.yaml"
cp "$work/out" "$work/other/finish.json"
"$splintarr" export profile/gentle-missing >"$work/other/gentle.yaml"
"$splintarr" export schedule/nightly >"$work/other/nightly.yaml"
check "and loads as it is" exits 0 validate "$work/other"
check "what is not there is told" exits 2 export queue/nothing
check "so is a tenant without anything" exits 2 export --tenant nobody
printf planted-value | "$splintarr" secret set sonarr-main-hook >/dev/null
check "everything is exported" exits 0 export
check "with the reference to a secret" says 'secret: sonarr-main-hook'
check "but not with its value" is_not_said planted-value

# A tenant's things, as his own files write them.
fresh
check "tenants apply" exits 0 apply --yes examples/tenants
check "a tenant's queue becomes a profile" exits 0 profile from-queue bob/films
check "with his schedule's own name" says 'schedule: weekends'
check "what a tenant has is exported" exits 0 export --tenant bob
cp "$work/out" "$work/bob.yaml"
check "and checked, though it leans on the root's" exits 0 import "$work/bob.yaml"
