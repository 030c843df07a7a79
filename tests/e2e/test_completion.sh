# Completion, asked as bash asks; and the man pages, read by groff.
exits 0 apply --yes examples/basic >/dev/null
PATH=$(dirname "$splintarr"):$PATH
completes() { # WORDS… : what bash would offer for the last one
    bash -c 'source <(splintarr completion bash); COMP_WORDS=(splintarr "$@"); COMP_CWORD=$#; _splintarr; printf "%s\n" "${COMPREPLY[@]}"' - "$@"
}
offers() { completes "${@:2}" | grep -qxF -- "$1" || { completes "${@:2}"; return 1; }; }
offers_only() { [ "$(completes "${@:2}")" = "$1" ] || { completes "${@:2}"; return 1; }; }
check 'commands' offers_only validate val
check 'flags of a command' offers --allow-prune apply --al
check '… and those of every command' offers --state apply --st
check 'addresses' offers instance/sonarr describe inst
check 'queues' offers missing run m
check 'kinds' offers queues get qu
check 'verbs' offers_only import secret im
check 'nothing where nothing fits' offers_only '' describe zzz
check 'a shell that is none' exits 2 completion tcsh
for shell in zsh fish; do
    if command -v $shell >/dev/null; then
        check "$shell reads its script" bash -c "'$splintarr' completion $shell | $shell -n"
    else
        skip "the $shell script is not read: no $shell here"
    fi
done
if command -v groff >/dev/null; then
    for page in 'help --man' 'schema --man'; do
        # shellcheck disable=SC2086
        "$splintarr" $page | groff -k -man -Tutf8 -ww >"$work/page" 2>"$work/complaints"
        check "groff has no complaint about $page" test ! -s "$work/complaints"
        check '… and prints it' test "$(wc -l <"$work/page")" -gt 100
    done
    check 'each command is in splintarr(1)' bash -c "for c in \$('$splintarr' completion words -- ''); do '$splintarr' help --man | grep -q \"^.SS splintarr \$c\" || { echo \$c; exit 1; }; done"
else
    skip 'man pages are not read: no groff here'
fi
