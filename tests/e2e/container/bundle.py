"""Turns `runc spec` into a container of an image: its own command and environment, its own user, a root that cannot be written, no
capability, no new privileges.   usage: buildah inspect --type image IMAGE | bundle.py CONFIG.JSON ROOT TREE STATE"""
import json
import sys

path, root, tree, state = sys.argv[1:]
image = json.load(sys.stdin)["OCIv1"]["config"]
with open(path) as f:
    spec = json.load(f)


def mount(to, kind, source, *options):
    return {"destination": to, "type": kind, "source": source, "options": list(options)}


uid, gid = (int(n) for n in image["User"].split(":"))
spec["root"] = {"path": root, "readonly": True}
spec["process"] |= {
    "terminal": False,
    "user": {"uid": uid, "gid": gid},
    "args": image["Entrypoint"] + image["Cmd"],
    "env": image["Env"],
    "cwd": image.get("WorkingDir") or "/",
    "capabilities": {kind: [] for kind in spec["process"]["capabilities"]},
    "noNewPrivileges": True,
    "rlimits": [{"type": "RLIMIT_NOFILE", "hard": 1024, "soft": 1024}],
}
volumes = {"/config": (tree, "ro"), "/state": (state, "rw")}
assert set(volumes) == set(image["Volumes"])
spec["mounts"] = [m for m in spec["mounts"] if m["type"] != "cgroup"]
spec["mounts"] += [mount(to, "bind", source, "rbind", how) for to, (source, how) in volumes.items()]
spec["mounts"] += [mount("/tmp", "tmpfs", "tmpfs", "nosuid", "nodev", "noexec")]
with open(path, "w") as f:
    json.dump(spec, f)
