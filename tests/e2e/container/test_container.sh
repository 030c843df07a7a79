# The Dockerfile is built and its image started as it is meant to be: not root, nothing writable but the state, no capability.
# Without a registry: debootstrap makes the base image, kept in build/container; the host's package settings go with it.
# usage: make check-container

for tool in buildah runc debootstrap python3; do
    command -v $tool >/dev/null || { skip "$tool is not installed (contrib/install container)"; return; }
done
[ "$(id -u)" -eq 0 ] || { skip 'making an image without a registry takes root'; return; }

rootfs=build/container/trixie.tar
bud() { buildah --root "$work/storage" --runroot "$work/run" "$@"; }
run_c() { runc --root "$work/runc" "$@"; }
inside() { run_c exec splintarr "$@"; }

# What makes packages arrive on this host: settings of apt that are no package's, its authorities, npm's settings.
take_host_settings() { # ROOT
    local file
    for file in /etc/apt/apt.conf.d/* /etc/apt/apt.conf; do
        [ -f "$file" ] && ! dpkg -S "$file" >/dev/null 2>&1 && cp "$file" "$1/etc/apt/apt.conf.d/"
    done
    cp /usr/local/share/ca-certificates/*.crt "$1/usr/local/share/ca-certificates/" 2>/dev/null
    chroot "$1" update-ca-certificates >/dev/null 2>&1
    [ -f "${HOME:-/root}/.npmrc" ] && cp "${HOME:-/root}/.npmrc" "$1/root/"
    return 0
}
make_base() {
    [ -s "$rootfs" ] && return
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/$')
    mkdir -p "$(dirname "$rootfs")"
    debootstrap --variant=minbase --include=ca-certificates trixie "$work/base" "$mirror" || return 1
    take_host_settings "$work/base"
    rm -rf "$work/base"/var/cache/apt/archives/*.deb
    tar -C "$work/base" -cf "$rootfs.part" . && mv "$rootfs.part" "$rootfs" && rm -rf "$work/base"
}
import_base() {
    local c name
    c=$(bud from scratch) && bud add -q "$c" "$rootfs" / || return 1
    for name in $(compgen -e | grep -iE '^((https?|no)_proxy|npm_config_.*)$'); do
        bud config --env "$name=${!name}" "$c"
    done
    [ -n "${NODE_EXTRA_CA_CERTS:-}" ] && bud config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$c"
    bud commit -q "$c" localhost/debian:trixie-slim && bud rm "$c"
}
build_image() {
    git ls-files -z | tar --null --no-recursion -T - -c | tar -C "$work/context" -x
    bud bud --isolation chroot --pull-never --format docker --build-arg VERSION=containered -t splintarr "$work/context" >"$work/build.log" 2>&1 ||
        { tail -n 30 "$work/build.log"; return 1; }
}
bundle() {
    local c
    c=$(bud from --pull-never splintarr) && mkdir -p "$work/bundle" "$work/volume" || return 1
    chown 7337:7337 "$work/volume" && chmod 0755 "$base" "$work"
    (cd "$work/bundle" && run_c spec) &&
        bud inspect --type image splintarr | python3 tests/e2e/container/bundle.py "$work/bundle/config.json" "$(bud mount "$c")" \
            "$(realpath examples/minimal)" "$work/volume"
}
start() {
    run_c run --bundle "$work/bundle" splintarr >"$work/container.log" 2>&1 </dev/null &
    for _ in $(seq 150); do
        inside /usr/bin/splintarr history 1 >/dev/null 2>&1 && return
        sleep 0.2
    done
    cat "$work/container.log"
    return 1
}
says_inside() { # WHAT COMMAND...
    local what=$1
    shift
    inside "$@" 2>&1 | tee "$work/inside" | grep -qE "$what" || { cat "$work/inside"; return 1; }
}
stops() {
    run_c kill splintarr TERM && wait $! && grep -q 'stopping signal=15' "$work/container.log"
}

mkdir -p "$work/context"
check 'debootstrap makes the base' make_base
check 'it becomes an image' import_base
check 'the Dockerfile builds' build_image
bud images -q splintarr >/dev/null 2>&1 || return
check 'the image can be unpacked and confined' bundle
check 'it starts, and applies its tree' start
check 'it says its version' says_inside '^splintarr containered$' /usr/bin/splintarr version
check 'the tree is valid in there' inside /usr/bin/splintarr validate /config
check 'it is uid 7337' says_inside '^Uid:\s+7337\s+7337\s+7337\s+7337$' cat /proc/1/status
check '… without capabilities' says_inside '^CapBnd:\s+0000000000000000$' cat /proc/1/status
check '… and gains none' says_inside '^NoNewPrivs:\s+1$' cat /proc/1/status
check 'its root cannot be written' says_inside 'Read-only file system' touch /usr/x
check 'its health check passes' inside /usr/lib/splintarr/health
check '… and fails where nobody listens' says_inside '^1$' bash -c 'SPLINTARR_LISTEN=:7338 /usr/lib/splintarr/health 2>/dev/null; echo $?'
check 'it ends when told to' stops
check 'its state is its own' test "$(stat -c '%u %a' "$work/volume/splintarr.db" 2>/dev/null)" = '7337 600'
bud rm -a >/dev/null 2>&1
bud rmi -a -f >/dev/null 2>&1
