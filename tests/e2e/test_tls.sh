# TLS to servers: verified by default, by a declared authority alone, by name; unverified only when declared so.
# The server is openssl's own, the certificates are made here.
if ! command -v openssl >/dev/null; then
    skip 'openssl is not there to make certificates'
    return 0
fi
key=0123456789abcdef0123456789abcdef
site=$work/site
mkdir -p "$site/api/v3/system"
answer() { printf 'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n%s' "$2" >"$site/api/v3/$1"; }
answer system/status '{"appName":"Sonarr","version":"4.0.9.2500"}'
answer health '[]'
new_key() { openssl req -newkey rsa:2048 -nodes -keyout "$work/$1.key" "${@:2}" 2>/dev/null; }
authority() { new_key "$1" -x509 -days 2 -subj "/CN=$1" -out "$work/$1.pem"; }
authority ours
authority theirs
new_key server -subj /CN=server -out "$work/server.csr"
printf 'subjectAltName=IP:127.0.0.1' >"$work/names"
openssl x509 -req -in "$work/server.csr" -CA "$work/ours.pem" -CAkey "$work/ours.key" -CAcreateserial -days 2 \
    -extfile "$work/names" -out "$work/server.pem" 2>/dev/null
(cd "$site" && exec openssl s_server -accept 127.0.0.1:0 -HTTP -cert "$work/server.pem" -key "$work/server.key") >"$work/tls.log" 2>&1 &
tls=$!
listens() { port=$(sed -nE 's/^ACCEPT .*:([0-9]+)$/\1/p' "$work/tls.log" | head -n 1) && [ -n "$port" ]; }
touch "$work/log"
check 'the server listens' within 10 listens
listens
with() { # HOST TLS: writes the tree, probes
    printf 'version: 1\ninstances:\n  tv: {type: sonarr, url: "https://%s:%s", api_key: {secret: key}%s}\n' "$1" "$port" "$2" \
        >"$work/tree/splintarr.yaml"
    exits 0 apply --yes >/dev/null
}
printf %s $key | "$splintarr" secret set key >/dev/null 2>&1
with 127.0.0.1 ''
check 'an authority that nobody knows' exits 4 probe tv
check '… is not trusted' says 'tv  down  no trusted TLS connection'
check '… for scripts' exits 4 probe tv -o json
check '… with its reason' says '"reason":"TlsError"'
with 127.0.0.1 ", tls: {ca_file: $work/ours.pem}"
check 'a declared one' exits 0 probe tv
check '… is' says 'tv  healthy  version 4.0.9.2500'
with 127.0.0.1 ", tls: {ca_file: $work/theirs.pem}"
check 'another is none' exits 4 probe tv
check '… and told' says 'no trusted TLS connection'
with localhost ", tls: {ca_file: $work/ours.pem}"
check 'a certificate for another name' exits 4 probe tv
check '… is refused' says 'no trusted TLS connection'
with localhost ', tls: {verify: false}'
check 'unless nothing is to be verified' exits 0 probe tv
check '… as declared' says 'tv  healthy  version 4.0.9.2500'
with 127.0.0.1 ", tls: {ca_file: $work/none.pem}"
check 'a file that is not there' exits 4 probe tv
check '… is trouble, not trust' says 'tv  down  no trusted TLS connection'
check 'the key is nowhere' is_silent_on "$key"
kill "$tls"
wait "$tls" 2>/dev/null
