# The schema, judged by validators that are not ours (ajv and yaml from npm): it accepts every file of
# every right tree and refuses those whose fault is one of shape.
modules=${SPL_TEST_DEPS:-build/deps/test}/node_modules

judged() { "$splintarr" schema >"$work/schema.json" && node tests/e2e/schema.mjs "$modules" "$work/schema.json"; }

# Not here, for their faults are not of shape: mistakes/exclusions.yaml and mistakes/schedules.yaml (what
# a text says, what keys mean together), mistakes/tenants/alice/all.yaml (where a thing may stand).
wrong_files=(tests/golden/mistakes/instances.yaml tests/golden/mistakes/queues/tv.yaml
tests/golden/mistakes/splintarr.yaml tests/golden/trees/broken/instances.yaml tests/golden/trees/broken/queues.yaml)

one_fault() { # VERDICT NAME: the file on standard input
    cat >"$work/$2.yaml" && echo "$1 $work/$2.yaml" >>"$work/faults"
}

if ! command -v node >/dev/null || [ ! -d "$modules/ajv" ]; then
    skip 'needs node, and ajv and yaml from npm (make check-e2e installs them)'
else
    find examples tests/golden/trees/home tests/golden/trees/shared -name '*.yaml' -printf 'accept %p\n' >"$work/right"
    check 'there are right files' test "$(wc -l <"$work/right")" -ge 20
    check 'every right file is accepted' judged <"$work/right"

    printf 'reject %s\n' "${wrong_files[@]}" >"$work/wrong"
    check 'files with faults of shape are refused' judged <"$work/wrong"

    # One fault each, beside the same file without it.
    one_fault accept right <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: {secret: k}, timeout: 6s}}'
    one_fault reject unknown-key <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: {secret: k}, timout: 6s}}'
    one_fault reject unknown-kind <<<'instancs: {tv: {type: sonarr, url: "http://tv", api_key: {secret: k}}}'
    one_fault reject enum <<<'instances: {tv: {type: sonar, url: "http://tv", api_key: {secret: k}}}'
    one_fault reject pattern <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: {secret: k}, timeout: 6 s}}'
    one_fault reject unit <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: {secret: k}, timeout: 6}}'
    one_fault reject type <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: {secret: k}, suspend: "no"}}'
    one_fault reject list <<<'instances: {tv: [sonarr]}'
    one_fault reject literal <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: hunter2}}'
    one_fault reject reference <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: {sekret: k}}}'
    one_fault reject range <<<'instances: {tv: {type: sonarr, url: "http://tv", api_key: {secret: k}, limits: {in_flight: 3}}}'
    one_fault reject name <<<'instances: {TV: {type: sonarr, url: "http://tv", api_key: {secret: k}}}'
    one_fault reject version <<<'version: 2'
    check 'each single fault is refused' judged <"$work/faults"

    # What init writes names the schema it writes.
    check 'init writes a tree' exits 0 init "$work/new"
    "$splintarr" schema >"$work/printed"
    check 'with the schema' cmp "$work/printed" "$work/new/.splintarr/schema.json"
    for file in "$work"/new/*.yaml; do
        check "$(basename "$file") names it" grep -qx "# yaml-language-server: \$schema=./.splintarr/schema.json" "$file"
    done
    printf 'accept %s\n' "$work"/new/*.yaml >"$work/started"
    check 'and is accepted' judged <"$work/started"
fi
