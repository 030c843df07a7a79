"""What a machine can check of contrib's YAML without running it: another parser reads it, and names lead somewhere.

usage: manifests.py compose|kubernetes FILE      prints what is wrong, exit 1
       manifests.py tree FILE DIR                writes the tree of a ConfigMap
       manifests.py steps FILE DIR               writes the scripts of a workflow, one file per step's name
"""
import sys
from pathlib import Path

import yaml


class Strict(yaml.SafeLoader):
    """A key that stands twice is an error, not the last one's victory."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(k, deep=True) for k, _ in node.value]
        twice = {k for k in keys if keys.count(k) > 1}
        if twice:
            raise yaml.YAMLError(f"twice in one map: {twice} {node.start_mark}")
        return super().construct_mapping(node, deep)


def documents(path):
    return list(yaml.load_all(Path(path).read_text(), Strict))


def compose(path):
    (doc,) = documents(path)
    for name, s in doc["services"].items():
        yield s.get("read_only") is True, f"{name}: read_only"
        yield s.get("user") == "7337:7337", f"{name}: user"
        yield s.get("cap_drop") == ["ALL"], f"{name}: cap_drop"
        yield "no-new-privileges:true" in s.get("security_opt", []), f"{name}: no-new-privileges"
        for secret in s["secrets"]:
            yield secret in doc["secrets"], f"{name}: secret {secret}"
        for volume in s["volumes"]:
            source = volume.split(":")[0]
            yield source.startswith("./") or source in doc["volumes"], f"{name}: volume {source}"
        for port in s["ports"]:
            yield port.startswith("127.0.0.1:"), f"{name}: {port} is open to the world"


def confined(where, pod, c):
    s = {**pod["securityContext"], **c.get("securityContext", {})}
    yield s.get("runAsNonRoot") is True and s.get("runAsUser") == 7337, f"{where}: runs as 7337"
    yield s.get("seccompProfile") == {"type": "RuntimeDefault"}, f"{where}: seccomp"
    yield s.get("allowPrivilegeEscalation") is False, f"{where}: allowPrivilegeEscalation"
    yield s.get("readOnlyRootFilesystem") is True, f"{where}: readOnlyRootFilesystem"
    yield s.get("capabilities") == {"drop": ["ALL"]}, f"{where}: capabilities"


def volumes(pod, containers, named):
    have = {v["name"]: v for v in pod["volumes"]}
    mounted = {m["name"] for c in containers for m in c["volumeMounts"]}
    yield mounted == set(have), f"volumes {set(have)}, mounted {mounted}"
    for v in pod["volumes"]:
        if "configMap" in v:
            yield ("ConfigMap", v["configMap"]["name"]) in named, f"{v}"
        if "persistentVolumeClaim" in v:
            yield ("PersistentVolumeClaim", v["persistentVolumeClaim"]["claimName"]) in named, f"{v}"
    for c in containers:
        for m in c["volumeMounts"]:
            yield "subPath" not in m, f"{c['name']}: a subPath is never updated"


def probes(c):
    ports = {p["name"]: p["containerPort"] for p in c["ports"]}
    for probe, path in (("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")):
        get = c[probe]["httpGet"]
        yield get["path"] == path and ports.get(get["port"]) == 7337, f"{probe}: {get}"


def deployment(d, named):
    spec, pod = d["spec"], d["spec"]["template"]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    yield spec["selector"]["matchLabels"].items() <= labels.items(), "the selector matches its pods"
    yield spec["replicas"] == 1 and spec["strategy"] == {"type": "Recreate"}, "one daemon on one state"
    yield pod["automountServiceAccountToken"] is False, "no token of the cluster"
    containers = pod["containers"] + pod.get("initContainers", [])
    for c in containers:
        yield from confined(c["name"], pod, c)
    yield from volumes(pod, containers, named)
    (ours,) = [c for c in containers if c["name"] == "splintarr"]
    yield from probes(ours)
    env, mounts = {e["name"]: e["value"] for e in ours["env"]}, {m["mountPath"] for m in ours["volumeMounts"]}
    yield env["CREDENTIALS_DIRECTORY"] in mounts, "CREDENTIALS_DIRECTORY is mounted"
    yield "/state" in mounts, "/state is mounted"
    yield env.get("SPLINTARR_CONFIG", "/config").rsplit("/tree", 1)[0] in mounts, "the tree is mounted"


def kubernetes(path):
    docs = documents(path)
    named = {(d["kind"], d["metadata"]["name"]) for d in docs}
    yield len(named) == len(docs), "each resource once"
    of = {d["kind"]: d for d in docs}
    yield from deployment(of["Deployment"], named)
    pod_labels = of["Deployment"]["spec"]["template"]["metadata"]["labels"]
    yield of["Service"]["spec"]["selector"].items() <= pod_labels.items(), "the service finds the pods"
    yield of["Service"]["spec"]["ports"][0]["targetPort"] == "web", "the service finds the port"


def tree(path, to):
    (found,) = [d for d in documents(path) if d["kind"] == "ConfigMap"]
    for name, text in found["data"].items():
        Path(to, name).write_text(text)
    return []


def steps(path, to):
    (doc,) = documents(path)
    for job in doc["jobs"].values():
        for step in job["steps"]:
            if "run" in step:
                Path(to, step["name"].lower() + ".sh").write_text("#!/bin/bash\nset -eo pipefail\n" + step["run"])
    return []


if __name__ == "__main__":
    wrong = [what for holds, what in globals()[sys.argv[1]](*sys.argv[2:]) if not holds]
    print("\n".join(wrong))
    sys.exit(bool(wrong))
