# A profile that searches as a queue does, and an export put back as YAML.
$ splintarr -q apply --yes home >/dev/null
$ splintarr profile from-queue tv-missing | tee home/as-tv.yaml
| profiles:
|   tv-missing:
|     schedule:
|       every: 6h
$ splintarr profile from-queue movies-upgrade
| profiles:
|   movies-upgrade:
|     strategy: cutoff_unmet
|     schedule:
|       every: 7d
|     batch: 20
$ splintarr diff home | grep -E '^Plan|  \+ profile'
|   + profile/tv-missing                                             as-tv.yaml:2
| Plan: 1 to add, 0 to change, 0 to remove, 7 unchanged.
$ splintarr profile from-queue nothing
| splintarr: there is no queue 'nothing'; splintarr get queues lists them
= 2
$ splintarr profile of-queue tv-missing
| splintarr: there is no 'profile of-queue': splintarr profile from-queue Q
= 2
$ splintarr export -o json >export.json; splintarr import export.json >again.yaml; head -3 again.yaml
| splintarr: it refers to lists/abandoned.txt, which is not in it
| version: 1
| settings: {}
| instances:
$ mkdir again; cp -r home/lists again; mv again.yaml again/splintarr.yaml; splintarr diff again 2>&1 | grep -E '^(No changes|Plan)'
| No changes. 7 resources match revision 1.
$ printf 'version: 1\nqueues: {q: {instances: [nobody]}}\n' >bad.yaml; splintarr import bad.yaml
| error[E204]: queue/q refers to instance 'nobody', which does not exist
|   --> bad.yaml:2:26
|    |
|  2 | queues: {q: {instances: [nobody]}}
|    |                          ^^^^^^
|
| 1 error in 1 file; nothing printed
= 3
# A part of a tree may refer to what other files declare; flow style is YAML too; settings have no name.
$ printf 'queues: {q: {instances: [elsewhere]}}\n' >part.yaml; splintarr import part.yaml
| queues: {q: {instances: [elsewhere]}}
$ printf '{version: 1, settings: {timezone: UTC}}\n' >flow.yaml; splintarr import flow.yaml
| {version: 1, settings: {timezone: UTC}}
$ splintarr export settings
| settings: {}
$ splintarr import nowhere.yaml
| splintarr: cannot open 'nowhere.yaml': No such file or directory
= 4
