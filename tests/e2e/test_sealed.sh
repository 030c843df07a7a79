# Secrets and the key leave the state under a passphrase only, and come back.
cp -r examples/basic/. "$work/tree"
planted='planted-value-98765432'
printf %s $planted | "$splintarr" secret set sonarr-key >/dev/null 2>&1
printf %s $planted | "$splintarr" secret set radarr-key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
echo 'correct horse battery' >"$work/pass"
echo 'another phrase' >"$work/wrong"
echo short >"$work/short"
check 'without a passphrase there is no export of secrets' exits 2 export --with-secrets
check 'a passphrase that is too short' exits 4 export --with-secrets --passphrase-file "$work/none"
check '… is refused' exits 2 export --with-secrets --passphrase-file "$work/short"
check 'with one there is' exits 0 export --with-secrets --passphrase-file "$work/pass"
cp "$work/out" "$work/all.yaml"
check '… without a value in the clear' is_not_said $planted
mkdir -p "$work/second" && cp "$work/all.yaml" "$work/second/splintarr.yaml"
export SPLINTARR_STATE=$work/other SPLINTARR_CONFIG=$work/second
check 'another place opens it' exits 0 secret import "$work/all.yaml" --passphrase-file "$work/pass"
check '… with nothing but the right phrase' exits 2 secret import "$work/all.yaml" --passphrase-file "$work/wrong"
check '… applies it' exits 0 apply --yes
check '… and nothing differs' exits 0 diff
check '… the secret resolves' exits 0 secret check
check 'what was sealed is not in the other state in the clear either' bash -c "! grep -rqaF $planted '$work/other'"
check 'the key, sealed' exits 0 db key export --passphrase-file "$work/pass"
cp "$work/out" "$work/key.txt"
check '… is in the audit log' exits 0 audit
check '… as that' says key_export
rm "$work/other/key"
check 'without its key the state is closed' exits 4 get instances
check '… imported' exits 0 db key import "$work/key.txt" --passphrase-file "$work/pass"
check '… it opens' exits 0 db check
check '… the mode is tight' test "$(stat -c %a "$work/other/key")" = 600
check 'a key that is there is not replaced' exits 5 db key import "$work/key.txt" --passphrase-file "$work/pass"
check 'secrets are no key' exits 2 --key-file "$work/newkey" db key import "$work/all.yaml" --passphrase-file "$work/pass"
start_daemon
check 'the daemon notes an exported key, too' exits 0 db key export --passphrase-file "$work/pass"
stop_daemon

# Every character a value may have comes back: controls, C1, line ends that YAML folds, non-characters.
export SPLINTARR_STATE=$work/odd SPLINTARR_CONFIG=$work/tree
value() { printf 'a\033b\302\205c\342\200\250d\357\277\276e\tf'; }
value | "$splintarr" secret set sonarr-key >/dev/null 2>&1
printf %s $planted | "$splintarr" secret set radarr-key >/dev/null 2>&1
exits 0 apply --yes >/dev/null
check 'a value with control characters is sealed' exits 0 export --with-secrets --passphrase-file "$work/pass"
# More than a map of secrets may have: a comment as long as a large configuration.
{ yes '# ....................................................................' | head -n 4000; cat "$work/out"; } >"$work/odd.yaml"
printf other | "$splintarr" secret set sonarr-key >/dev/null 2>&1
check 'another value is a difference' exits 1 diff
check 'the sealed one is opened, behind a large file' exits 0 secret import "$work/odd.yaml" --passphrase-file "$work/pass"
check '… and is the same to the byte' exits 0 diff
export SPLINTARR_STATE=$work/none
printf x | "$splintarr" secret set gone >/dev/null 2>&1
exits 0 secret rm gone >/dev/null
check 'without any secret there is an empty seal' exits 0 export --with-secrets --passphrase-file "$work/pass"
cp "$work/out" "$work/bare.yaml"
check '… which opens as well' exits 0 secret import "$work/bare.yaml" --passphrase-file "$work/pass"
check '… to none' says 'Stored 0 secrets'
