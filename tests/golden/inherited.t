# What a profile decides is called inherited in a plan, not by the default that does not hold.
$ mkdir t && printf 'version: 1\ninstances: {a: {type: sonarr, url: "http://a:8989", api_key: {env: K}}}\nprofiles: {p: {batch: 50}}\nqueues: {q: {profile: p, instances: all, batch: 20, order: smart}}\n' >t/splintarr.yaml
$ K=k splintarr apply t --yes >/dev/null 2>&1; sed -i 's/, batch: 20//' t/splintarr.yaml
$ K=k splintarr diff t | grep batch
|       ~ batch     20 -> 50 (inherited)
$ K=k splintarr diff t -o json | grep -A4 '"path": "batch"'
|           "path": "batch",
|           "from": 20,
|           "to": "50"
|         }
|       ]
$ K=k splintarr apply t --yes >/dev/null 2>&1; sed -i 's/order: smart/batch: 7/' t/splintarr.yaml
$ K=k splintarr diff t | grep batch
|       ~ batch     inherited -> 7                                   splintarr.yaml:4
# What is written is told apart from what is not, at its default too.
$ K=k splintarr get queue/q -o json | grep -A5 explicit
|       "explicit": [
|         "instances",
|         "order",
|         "profile"
|       ],
|       "conditions": [
