# git under a running daemon: whatever it does to the files, only whole revisions are applied.
tree=$work/tree
files=600
storm=${E2E_STORM_SECONDS:-12}
g() { git -C "$tree" -c user.name=Tester -c user.email=tester@example.org "$@" >>"$work/git.out" 2>&1; }
write_tree() { # EVERY: 600 files in 20 directories, one schedule each
    local i
    for i in $(seq "$files"); do
        mkdir -p "$tree/d$((i % 20))"
        echo "schedules: {s$i: {every: $1}}" >"$tree/d$((i % 20))/s$i.yaml"
    done
}
digest_of() { # of a commit's tree, as splintarr names it, from a copy
    rm -rf "$work/copy" && mkdir "$work/copy" && git -C "$tree" archive "$1" | tar -x -C "$work/copy"
    "$splintarr" --state "$work/none" diff "$work/copy" -o json | sed -nE 's/.*"digest": "(sha256:[0-9a-f]+)".*/\1/p' | tail -n 1
}
applied_digests() { grep -oE 'config_applied .*digest=sha256:[0-9a-f]+' "$work/log" | sed 's/.*digest=//'; }
only_known() { # every applied digest is one of those given
    local d known
    for d in $(applied_digests | sort -u); do
        for known in "$@"; do [ "$d" = "$known" ] && continue 2; done
        echo "applied $d, which no commit has; known: $*"
        return 1
    done
}
runs_every() { "$splintarr" get "schedule/$1" -o json | grep -q "\"every\": \"$2\""; }
is_applied() { [ "$(applied_digests | tail -n 1)" = "$1" ]; }

git init -q -b main "$tree"
printf 'version: 1\nsettings:\n  reconcile: {debounce: 500ms}\n' >"$tree/splintarr.yaml"
write_tree 1h
g add -A && g commit -m one
write_tree 2h
g commit -am two
g branch two && g reset --hard HEAD~1 && g branch one
one=$(digest_of one) two=$(digest_of two)
check 'the two revisions differ' test "$one" != "$two"

start_daemon
check 'the first revision is applied' within 15 is_applied "$one"

# ---- a storm of checkouts ----

end=$((SECONDS + storm)) rounds=0
while [ $SECONDS -lt $end ]; do
    g checkout -q two
    g checkout -q one
    rounds=$((rounds + 1))
done
g checkout -q two
check "a storm of $((rounds * 2)) checkouts in ${storm}s: the last one is applied within 5s" within 5 is_applied "$two"
check '… and nothing that no commit has' only_known "$one" "$two"
check '… and nothing was rejected, held or missing' test -z "$(grep -E 'config_rejected|prune_held|source_missing' "$work/log")"

# ---- with pauses each is applied once ----

before=$(applied_digests | wc -l)
for branch in one two one; do
    g checkout -q $branch
    within 10 is_applied "${!branch}" >/dev/null
    sleep 1
done
check 'three settled checkouts: three revisions' test $(($(applied_digests | wc -l) - before)) -eq 3

# ---- operations that stop half-way ----

g checkout -q -b conflict one
sed -i 's/1h/3h/' "$tree/d1/s1.yaml" && g commit -am three
three=$(digest_of conflict)
check 'a commit is applied' within 10 is_applied "$three"
g rebase two
check 'a rebase with conflicts: git is in the middle of it' test -d "$tree/.git/rebase-merge"
sleep 3
check '… and nothing of it is applied' is_applied "$three"
check '… apply refuses, for a person too' exits 6 apply --yes
check '… and names it' says 'rebase'
g rebase --abort
sleep 2
check '… aborted, it is as before' is_applied "$three"
g checkout -q one
check 'back on one' within 10 is_applied "$one"
sed -i 's/1h/4h/' "$tree/d2/s2.yaml"
check 'an edit that is not committed is applied' within 10 runs_every s2 4h
g stash
check 'git stash takes it back' within 10 is_applied "$one"
g worktree add "$work/other" two
check 'a worktree elsewhere changes nothing' is_applied "$one"
stop_daemon
export SPLINTARR_CONFIG=$work/other
start_daemon
check 'a worktree as the root: its revision' within 15 is_applied "$two"
git -C "$work/other" checkout -q --detach one
check '… switched' within 10 is_applied "$one"
stop_daemon
