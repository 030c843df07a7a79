# Who did what: applied changes with their commit, pauses, secrets without their values.
cp -r examples/basic/. "$work/tree"
git init -q -b main "$work/tree" && git -C "$work/tree" add -A && git -C "$work/tree" -c user.name=Alice -c user.email=alice@home.example commit -qm 'Begin'
exits 0 apply --yes >/dev/null
exits 0 pause queue/missing --for 2h --reason 'disk full' >/dev/null
printf 'planted-value-1234' | "$splintarr" secret set some-key >/dev/null 2>&1
check 'everything is there' exits 0 audit
check '… what was applied, and whose commit' grep -qE 'Alice <alice@home.example> +create +queue/missing +[0-9a-f]{7}' "$work/out"
check '… the pause and why' grep -qE "cli:uid=$(id -u) +pause +queue/missing .*disk full" "$work/out"
check '… the secret' grep -qE 'secret_set +secret/some-key' "$work/out"
check '… not its value' is_not_said 'planted-value'
check 'of one kind' exits 0 audit --kind secret -o json
check '… that one' says 'secret/some-key'
check '… and no other' is_not_said 'queue/missing'
check 'of one person' exits 0 audit --actor alice@home.example
check '… hers' says 'create'
check '… not ours' is_not_said 'secret_set'
check 'a duration that is none' exits 2 audit --since yesterday
check 'a kind that is none' exits 2 audit --kind queus
check 'status --watch is for a terminal' exits 2 status -w
