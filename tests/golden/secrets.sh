#!/bin/bash
# Plants 20 secret values (5 stored, 5 in files, 5 credentials, 5 in the environment), 8 literals where
# none belong, and rotates some; then looks for any of them in everything the program printed and in
# every byte of the state directory.   usage: tests/golden/secrets.sh PROGRAM
set -u
program=$(realpath "$1")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" && mkdir tree literal files credentials || exit 2
export HOME=$dir TZ=UTC SPLINTARR_STATE=$dir/state CREDENTIALS_DIRECTORY=$dir/credentials
out=$dir/printed
values=()

value() { # KIND N: not hex alone, so that it cannot appear by chance
    printf 'planted-%s-%s-Zq9x7vK2' "$1" "$2"
}
run() {
    "$program" "$@" </dev/null >>"$out" 2>&1
}

echo 'version: 1' >tree/splintarr.yaml
{
    echo 'instances:'
    for i in 1 2 3 4 5; do
        v=$(value stored $i)
        values+=("$v")
        printf '%s' "$v" | "$program" secret set "stored-$i" >>"$out" 2>&1
        v=$(value file $i)
        values+=("$v")
        printf '%s\n' "$v" >files/f$i
        v=$(value credential $i)
        values+=("$v")
        printf '%s\n' "$v" >credentials/c$i
        v=$(value env $i)
        values+=("$v")
        export SPL_PLANTED_$i="$v"
        printf '  s%d: {type: sonarr, url: "http://s%d:8989", api_key: {secret: stored-%d}}\n' $i $i $i
        printf '  f%d: {type: sonarr, url: "http://f%d:8989", api_key: {file: %s/files/f%d}}\n' $i $i "$dir" $i
        printf '  c%d: {type: radarr, url: "http://c%d:7878", api_key: {credential: c%d}}\n' $i $i $i
        printf '  e%d: {type: radarr, url: "http://e%d:7878", api_key: {env: SPL_PLANTED_%d}}\n' $i $i $i
    done
    printf 'notifications:\n  hook:\n    type: webhook\n    url: "https://hook.example/in?token=%s"\n' "$(value query 1)"
    printf '    headers: {Authorization: {secret: stored-1}}\n    events: all\n'
} >tree/all.yaml
values+=("$(value query 1)")
{
    echo 'instances:'
    for i in 1 2 3 4 5 6 7 8; do
        v=$(value literal $i)
        values+=("$v")
        printf '  l%d: {type: sonarr, url: "http://l%d:8989", api_key: %s}\n' $i $i "$v"
    done
} >literal/all.yaml
echo 'version: 1' >literal/splintarr.yaml
# a broken line beside a secret: the parser's complaint must not quote it
printf 'instances:\n  b:\n    api_key: %s: broken\n' "$(value literal 1)" >literal/broken.yaml

everything() { # TREE
    for tree in tree literal; do
        for format in text json; do
            run validate "$tree" -o $format
            run diff "$tree" -o $format --full
            run -v --log-level debug diff "$tree" -o $format
            run apply "$tree" -o $format
            run secret check "$tree" -o $format
        done
        run validate "$tree" -o github
        run diff "$tree" -o markdown --full
    done
    run diff tree --out saved
    cat saved >>"$out"
    for format in text json; do
        run history -o $format
        run history 1 -o $format
        run diff tree --against 1 --full -o $format
        run -C tree rollback -o $format
    done
    run diff --from tree --to tree --full
    run secret list
    run secret list -o json
    run db check
    for command in get status describe why; do # whatever of these exists
        run $command instances -o json
        run $command instance/s1
        run $command
    done
}
everything
run apply tree --yes -o json --reason 'planting'
everything
for i in 1 2; do # rotation
    v=$(value rotated $i)
    values+=("$v")
    printf '%s' "$v" | "$program" secret set stored-$i >>"$out" 2>&1
    printf '%s' "$v" >files/f$i
done
run diff tree
run diff tree --out rotated
run apply --plan saved
cat rotated >>"$out"
grep -q '(secret) changed' "$out" || { echo 'secrets: a rotation went unnoticed'; exit 1; }
run apply tree --yes
everything
# wrong use: the value on the command line must not come back
run secret set stored-1 "$(value stored 1)"
run secret set stored-1 --value="$(value stored 1)"
printf 'a: [%s]\n' "$(value stored 1)" | "$program" secret import - >>"$out" 2>&1
printf '%s\n' "$(value stored 1)" | "$program" secret import - >>"$out" 2>&1
run secret rm stored-1

status=0
for v in "${values[@]}"; do
    grep -qF -- "$v" "$out" && echo "secrets: printed: $v" && status=1
    grep -rqF -- "$v" state && echo "secrets: in the state's bytes: $v" && status=1
done
# what proves that the search works: names and references are printed
grep -q 'stored-3' "$out" || { echo 'secrets: nothing was printed at all'; status=1; }
[ $status = 0 ] && echo "secrets: ${#values[@]} planted values, none seen in $(wc -c <"$out") bytes of output"
exit $status
