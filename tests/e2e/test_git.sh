# What splintarr says of commits is what git says, however the repository keeps its objects.
repo=$work/repo
said_git() { "$splintarr" --state "$work/none" diff "${1:-$repo}" -o json | sed -nE 's/^ +"'"$2"'": "?([^"]*[^",])"?,?$/\1/p' | head -n 1; }
g() { git -C "$repo" -c user.name="Zoë O'Hara" -c user.email=zoe@example.org "$@" >>"$work/git.out" 2>&1; }
from_git() { git -C "${2:-$repo}" log -1 --format="$1"; }
agrees() { # [ROOT [GIT-WORK]]: commit, author, subject, time
    local root=${1:-$repo} at=${2:-${1:-$repo}}
    [ "$(said_git "$root" commit)" = "$(from_git %H "$at")" ] || { echo "commit: $(said_git "$root" commit)"; return 1; }
    [ "$(said_git "$root" author)" = "$(from_git '%an <%ae>' "$at")" ] || { echo "author: $(said_git "$root" author)"; return 1; }
    [ "$(said_git "$root" subject)" = "$(from_git %s "$at")" ] || { echo "subject: $(said_git "$root" subject)"; return 1; }
    [ "$(date -u -d "$(said_git "$root" committed_at)" +%s)" = "$(from_git %ct "$at")" ] || { echo "time: $(said_git "$root" committed_at)"; return 1; }
}
is_dirty() { [ "$(said_git "${2:-$repo}" dirty)" = "$1" ]; }

git init -q -b main "$repo"
cp -r examples/basic/. "$repo"
mkdir -p "$repo/many"
for i in $(seq 60); do printf 'schedules:\n  s%s: {every: %sh}  # a line that makes this file worth a delta, and another one\n' "$i" "$i" >"$repo/many/s$i.yaml"; done
g add -A && g commit -m 'Begin — with ünïcode'
check 'loose objects' agrees
check '… clean' is_dirty false
check '… on the branch' test "$(said_git "$repo" branch)" = main
for i in $(seq 8); do
    sed -i "s/worth a delta/worth a delta $i/" "$repo"/many/s*.yaml
    g commit -am "Change number $i"
done
g gc --aggressive --prune=now
check 'one pack, deltas' agrees
check '… really packed' test "$(find "$repo/.git/objects" -name '*.pack' | wc -l) $(find "$repo/.git/objects" -type f -path '*/??/*' | wc -l)" = '1 0'
check '… with deltas' bash -c "git -C '$repo' verify-pack -v '$repo'/.git/objects/pack/*.idx | grep -q 'chain length = [2-9]'"
check '… clean' is_dirty false
g repack -adf --depth=40 --window=50 --no-write-bitmap-index
check 'longer chains' is_dirty false
g config repack.useDeltaBaseOffset false && g repack -adf
check 'deltas by name' is_dirty false
check '… agree' agrees
g pack-refs --all --prune
check 'packed refs' agrees
check '… no loose one is left' test ! -e "$repo/.git/refs/heads/main"

echo '# more' >>"$repo/many/s7.yaml"
check 'an edit is dirty' is_dirty true
g checkout many/s7.yaml
check '… taken back' is_dirty false
echo 'schedules: {new: {every: 1h}}' >"$repo/new.yaml"
check 'a file git does not know is dirty' is_dirty true
rm "$repo/new.yaml"
rm "$repo/many/s9.yaml"
check 'a file that is gone is dirty' is_dirty true
g checkout many/s9.yaml
echo note >"$repo/NOTES.txt"
echo 'x: 1' >"$repo/_draft.yaml"
check 'files that are not part of the tree do not count' is_dirty false
g add -A && g commit -m 'Notes'
check '… committed neither' is_dirty false

g checkout -b side && sed -i 's/2h/20h/' "$repo/many/s2.yaml" && g commit -am side && g checkout main
sed -i 's/5h/50h/' "$repo/many/s5.yaml" && g commit -am 'Meanwhile' && g merge --no-ff -m 'Merge side' side
check 'a merge commit' agrees
check '… clean' is_dirty false
for n in 1 2 3; do
    g checkout -b "arm$n" main && sed -i "s/1${n}h/9${n}h/" "$repo/many/s1$n.yaml" && g commit -am "arm $n"
done
g checkout -b octopus main && g merge --no-ff -m 'Three at once' arm1 arm2 arm3
check 'an octopus' agrees
check '… of four parents' test "$(from_git %P | wc -w)" = 4
check '… clean' is_dirty false
g checkout main
g checkout --detach HEAD~1
check 'detached' agrees
check '… on no branch' test "$(said_git "$repo" branch)" = null
g checkout main
g worktree add "$work/linked" side
check 'a worktree' agrees "$work/linked"
check '… on its branch' test "$(said_git "$work/linked" branch)" = side
check '… clean' is_dirty false "$work/linked"

mkdir "$repo/_homelab" && cp -r examples/minimal/. "$repo/_homelab" && g add -A && g commit -m 'A folder of its own'
check 'a folder inside a repository' agrees "$repo/_homelab" "$repo"
check '… clean' is_dirty false "$repo/_homelab"
echo '# more' >>"$repo/many/s3.yaml"
check '… whatever happens beside it' is_dirty false "$repo/_homelab"
g checkout many/s3.yaml

mkdir "$repo/_lists" && echo 'Some Title' >"$repo/_lists/titles.txt" && echo 'not: {part: of}' >"$repo/_lists/x.yaml"
echo 'exclusions: {listed: {match: [{titles_file: _lists/titles.txt}], instances: all}}' >"$repo/listed.yaml"
ln -s _lists "$repo/alias" && ln -s many/s1.yaml "$repo/again.yaml" && rm "$repo/_lists/x.yaml"
echo 'schedules: {linked: {every: 3h}}' >"$repo/_lists/linked.yaml"
g add -A && g commit -m 'A list, and links'
check 'a list in a folder that is not part of the tree' is_dirty false
echo 'Another Title' >>"$repo/_lists/titles.txt"
check '… edited' is_dirty true
g checkout _lists

# Objects that lie beyond 2 GiB need the index's second table; git can be made to use it for all.
g gc --prune=now
pack=$(find "$repo/.git/objects" -name '*.pack')
chmod u+w "${pack%.pack}.idx"
g index-pack --index-version=2,0x10 -o "${pack%.pack}.idx" "$pack"
check 'an index with offsets of 64 bits' agrees
check '… clean' is_dirty false

# ---- commits nobody should write ----

forged() { # SED: HEAD's commit, changed, in its place
    local id
    id=$(git -C "$repo" cat-file commit HEAD | LC_ALL=C sed "$1" | git -C "$repo" hash-object -t commit -w --literally --stdin) &&
        git -C "$repo" update-ref HEAD "$id"
}
good=$(from_git %H)
forged 's/^\(committer .*>\) [0-9]*/\1 99999999999999999/'
check 'a time beyond RFC 3339 is none' test "$(said_git "$repo" committed_at)" = null
g update-ref HEAD "$good"
forged "s/^author Zo[^ ]*/author Zo$(printf '\xeb')/"
check 'an author in Latin-1 stays text' test "$(said_git "$repo" author)" = "Zo? O'Hara <zoe@example.org>"
g update-ref HEAD "$good"
forged "\$ s/.*/$(printf 'red \033[31m \302\233 bell \a')/"
check 'control characters are no text' test "$(said_git "$repo" subject)" = 'red ?[31m ?? bell ?'
g update-ref HEAD "$good"
forged "\$ s/.*/x$(printf 'ü%.0s' $(seq 200))/"
check 'a long subject is cut between characters' test "$(said_git "$repo" subject)" = "x$(printf 'ü%.0s' $(seq 127))"
g update-ref HEAD "$good"
git -C "$repo" config core.repositoryformatversion 1
git -C "$repo" config extensions.objectFormat sha1
git -C "$repo" config remote.sha256.url reftable
check 'a remote called sha256 is only a name' agrees

# ---- repositories that cannot be read ----

unavailable() { "$splintarr" --state "$work/none" diff "$1" | head -n 1 | grep -q "git: unavailable (.*$2"; }
git init -q -b main "$work/fresh" && cp -r examples/basic/. "$work/fresh"
check 'nothing committed yet' unavailable "$work/fresh" 'nothing was committed'
mkdir "$work/bomb" && git init -q -b main "$work/bomb" && cp -r examples/basic/. "$work/bomb"
b() { git -C "$work/bomb" -c user.name=a -c user.email=a@b "$@"; }
b add -A && b commit -qm x
tree=$(echo | b hash-object -w --stdin | sed 's/.*/100644 blob &\tx.txt/' | b mktree)
for i in $(seq 12); do tree=$(for n in 1 2 3 4 5 6 7 8; do printf '040000 tree %s\td%s\n' "$tree" "$n"; done | b mktree); done
tree=$({ b ls-tree HEAD; printf '040000 tree %s\tzz\n' "$tree"; } | b mktree)
b update-ref HEAD "$(b commit-tree -m bomb "$tree")"
check '8^12 directories in thirteen objects' timeout 5 bash -c "'$splintarr' --state '$work/none' diff '$work/bomb' | grep -q 'too many directories'"
cp -r "$repo" "$work/fifo"
git -C "$work/fifo" -c user.name=a -c user.email=a@b commit -q --allow-empty -m loose
head=$(from_git %H "$work/fifo") && head=$work/fifo/.git/objects/${head:0:2}/${head:2}
rm -f "$head" && mkfifo "$head"
check 'a FIFO in place of an object' timeout 5 bash -c "'$splintarr' --state '$work/none' diff '$work/fifo' | grep -q 'git: unavailable'"
mv "$repo/.git/worktrees" "$work/elsewhere"
check 'a worktree whose repository is not mounted' unavailable "$work/linked" 'is it mounted'
mv "$work/elsewhere" "$repo/.git/worktrees"
git init -q --bare "$work/lender.git" && g push "$work/lender.git" main
git clone -q --shared "$work/lender.git" "$work/borrower" -b main 2>/dev/null
check 'objects of another repository are not followed' unavailable "$work/borrower" 'borrowed'
if git init -q --object-format=sha256 "$work/sha256" 2>/dev/null; then
    cp -r examples/basic/. "$work/sha256"
    git -C "$work/sha256" add -A && git -C "$work/sha256" -c user.name=a -c user.email=a@b commit -qm x
    check 'a sha256 repository' unavailable "$work/sha256" 'sha256 repository'
else
    skip 'this git makes no sha256 repositories'
fi
g gc --prune=now
pack=$(find "$repo/.git/objects" -name '*.pack')
chmod u+w "$pack"
size=$(stat -c %s "$pack")
for at in 100 $((size / 3)) $((size / 2)) $((size - 30)); do
    cp "$pack" "$work/pack"
    printf '\xff\xff\xff\xff\xff\xff\xff\xff' | dd of="$pack" bs=1 seek="$at" conv=notrunc 2>/dev/null
    "$splintarr" --state "$work/none" diff "$repo" >"$work/out" 2>&1
    check "a pack damaged at $at: the diff goes on" test $? -eq 1
    cp "$work/pack" "$pack"
done
truncate -s $((size / 2)) "$pack"
"$splintarr" --state "$work/none" diff "$repo" >"$work/out" 2>&1
check 'a pack cut in half: the diff goes on' test $? -eq 1
cp "$work/pack" "$pack"
check '… whole again' agrees

# ---- kept with the revision ----

export SPLINTARR_CONFIG=$repo
check 'apply keeps the commit' exits 0 apply --yes
check '… in the history' exits 0 history -o json
check '… with its id' says "$(from_git %H)"
shown="$(from_git %h | cut -c 1-7) main  \"$(from_git %s)\"  Zoë O'Hara <zoe@example.org>"
check '… in status' exits 0 status
check '… as it is' says "          from $shown"
check '… in its JSON' test "$("$splintarr" status -o json | sed -nE 's/^ +"(commit|claimed_author)": "(.*)",?$/\2/p' | tr '\n' ' ')" = "$(from_git %H) Zoë O'Hara <zoe@example.org> "
check '… in describe' exits 0 describe schedule/s2
check '… as it is' says "From      $shown"
applied=$shown
sed -i 's/3h/30h/' "$repo/many/s3.yaml"
check 'what is not committed' exits 0 apply --yes
check '… belongs to that commit, changed' exits 0 describe schedule/s3
check '… with a plus' says "From      ${applied/ main/+ main}"
check '… and nothing else' exits 0 describe schedule/s2
check '… without' says "From      $applied"
g checkout many/s3.yaml
mkdir "$work/plain" && cp -r examples/basic/. "$work/plain"
check 'a tree without .git says what it was told' exits 1 diff "$work/plain" --source-revision 4f2c91e --source-author 'CI <ci@example.org>'
check '… the revision' says ' @ 4f2c91e'
check '… the author' says 'CI <ci@example.org>'
ln -s .worktrees/0123456789abcdef0123456789abcdef01234567 "$work/current"
mkdir -p "$work/.worktrees" && cp -r examples/basic "$work/.worktrees/0123456789abcdef0123456789abcdef01234567"
check 'git-sync: the name of the directory' test "$(said_git "$work/current" commit)" = 0123456789abcdef0123456789abcdef01234567
mkdir "$work/.worktrees/0123456789abcdef0123456789abcdef01234567/homelab"
cp -r examples/minimal/. "$work/.worktrees/0123456789abcdef0123456789abcdef01234567/homelab"
check '… also of a folder in it' test "$(said_git "$work/current/homelab" commit)" = 0123456789abcdef0123456789abcdef01234567
