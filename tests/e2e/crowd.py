"""What a simulated world knows of its servers, a line each:
SERVER SEARCHES MEAN-GAP MOST-IN-FLIGHT   (gap: seconds of ours between two searches)
usage: crowd.py PORT"""
import datetime
import json
import sys
import urllib.request


def ask(what):
    with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/_sim/{what}") as answer:
        return json.load(answer)


state = ask("state")
times = {server["name"]: [] for server in state["servers"]}
for search in ask("searches"):
    at = datetime.datetime.strptime(search["at"], "%Y-%m-%dT%H:%M:%SZ")
    times[search["server"]].append(at)
for server in state["servers"]:
    at = sorted(times[server["name"]])
    span = (at[-1] - at[0]).total_seconds() / state["speed"] if at else 0
    print(server["name"], len(at), round(span / max(len(at) - 1, 1), 3), server["mostInFlight"])
