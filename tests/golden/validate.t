# Everything that is wrong, at once, with its place.
$ splintarr validate broken
| error[E301]: api_key must not be written in the file
|   --> instances.yaml:5:14
|    |
|  5 |     api_key: ********
|    |              ^^^^^^^^ literal secret (hidden, length not shown)
|    = store it:  splintarr secret set sonarr-main-key
|    = write:     api_key: {secret: sonarr-main-key}
|    = if this was ever committed, rotate the key in Sonarr > Settings > General
|
| error[E101]: unknown key 'shedule'
|   --> queues.yaml:4:5
|    |
|  4 |     shedule: {every: 6h}
|    |     ^^^^^^^ did you mean 'schedule'?
|    = keys of a queue: profile instances extends strategy schedule batch cooldown order grace specials recent season_packs filters pause_after_failures … (splintarr explain queue)
|
| 2 errors in 2 files
= 3
$ splintarr validate broken -o json
| {
|   "format_version": "1.0",
|   "valid": false,
|   "errors": 2,
|   "warnings": 0,
|   "diagnostics": [
|     {
|       "severity": "error",
|       "code": "E301",
|       "message": "api_key must not be written in the file",
|       "file": "instances.yaml",
|       "line": 5,
|       "column": 14,
|       "end_column": 46,
|       "snippet": "    api_key: ********",
|       "hint": "literal secret (hidden, length not shown)\nstore it:  splintarr secret set sonarr-main-key\nwrite:     api_key: {secret: sonarr-main-key}\nif this was ever committed, rotate the key in Sonarr > Settings > General",
|       "related": []
|     },
|     {
|       "severity": "error",
|       "code": "E101",
|       "message": "unknown key 'shedule'",
|       "file": "queues.yaml",
|       "line": 4,
|       "column": 5,
|       "end_column": 12,
|       "snippet": "    shedule: {every: 6h}",
|       "hint": "did you mean 'schedule'?\nkeys of a queue: profile instances extends strategy schedule batch cooldown order grace specials recent season_packs filters pause_after_failures … (splintarr explain queue)",
|       "related": []
|     }
|   ]
| }
= 3
$ splintarr validate broken -o github
| ::error file=instances.yaml,line=5,col=14,title=E301::api_key must not be written in the file
| ::error file=queues.yaml,line=4,col=5,title=E101::unknown key 'shedule'
= 3
$ splintarr diff broken -o json | grep -v digest
| {
|   "format_version": "1.0",
|   "splintarr_version": "VERSION",
|   "source": {
|     "files": 3,
|     "root": "broken",
|     "git": null
|   },
|   "status": "invalid",
|   "diagnostics": [
|     {
|       "severity": "error",
|       "code": "E301",
|       "message": "api_key must not be written in the file",
|       "file": "instances.yaml",
|       "line": 5,
|       "column": 14,
|       "end_column": 46,
|       "snippet": "    api_key: ********",
|       "hint": "literal secret (hidden, length not shown)\nstore it:  splintarr secret set sonarr-main-key\nwrite:     api_key: {secret: sonarr-main-key}\nif this was ever committed, rotate the key in Sonarr > Settings > General",
|       "related": []
|     },
|     {
|       "severity": "error",
|       "code": "E101",
|       "message": "unknown key 'shedule'",
|       "file": "queues.yaml",
|       "line": 4,
|       "column": 5,
|       "end_column": 12,
|       "snippet": "    shedule: {every: 6h}",
|       "hint": "did you mean 'schedule'?\nkeys of a queue: profile instances extends strategy schedule batch cooldown order grace specials recent season_packs filters pause_after_failures … (splintarr explain queue)",
|       "related": []
|     }
|   ]
| }
$ splintarr apply broken --yes
| error[E301]: api_key must not be written in the file
|   --> instances.yaml:5:14
|    |
|  5 |     api_key: ********
|    |              ^^^^^^^^ literal secret (hidden, length not shown)
|    = store it:  splintarr secret set sonarr-main-key
|    = write:     api_key: {secret: sonarr-main-key}
|    = if this was ever committed, rotate the key in Sonarr > Settings > General
|
| error[E101]: unknown key 'shedule'
|   --> queues.yaml:4:5
|    |
|  4 |     shedule: {every: 6h}
|    |     ^^^^^^^ did you mean 'schedule'?
|    = keys of a queue: profile instances extends strategy schedule batch cooldown order grace specials recent season_packs filters pause_after_failures … (splintarr explain queue)
|
| 2 errors in 2 files; nothing applied.
= 3
$ test -e state
= 1
# And what is right. Neither state nor secrets are needed, nor made.
$ splintarr validate home
| warning[W007]: api_key comes from the environment
|    --> instances.yaml:11:20
|     |
|  11 |     api_key: {env: RADARR_API_KEY}
|     |                    ^^^^^^^^^^^^^^
|     = anyone who may inspect the process or container sees it
|
| Valid: 7 resources in 4 files, 1 warning.
$ splintarr validate home -o json
| {
|   "format_version": "1.0",
|   "valid": true,
|   "errors": 0,
|   "warnings": 1,
|   "diagnostics": [
|     {
|       "severity": "warning",
|       "code": "W007",
|       "message": "api_key comes from the environment",
|       "file": "instances.yaml",
|       "line": 11,
|       "column": 20,
|       "end_column": 34,
|       "snippet": "    api_key: {env: RADARR_API_KEY}",
|       "hint": "anyone who may inspect the process or container sees it",
|       "related": []
|     }
|   ]
| }
$ splintarr -q validate home --strict
| Not valid: 7 resources in 4 files, 1 warning (--strict).
= 3
$ test -e state
= 1
