# Values in their canonical spelling; every other byte stays.
$ mkdir mine && cat >mine/splintarr.yaml <<'END'
> version: 1
> settings:
>   health: {interval: 60s}   # often
> schedules:
>   friday:
>     every: "24h"
>     windows: [FRI 18:00-22:00]
> instances:
>   tv:
>     type: sonarr
>     url: http://tv:8989
>     # from the server's settings
>     api_key: !secret tv-key
>     protect: yes
> END
$ splintarr fmt --check mine
| mine/splintarr.yaml
| splintarr: 1 of 1 file would change: splintarr fmt
= 1
$ splintarr fmt --diff mine | tee patch
| --- mine/splintarr.yaml
| +++ mine/splintarr.yaml
| @@ -1,14 +1,14 @@
|  version: 1
|  settings:
| -  health: {interval: 60s}   # often
| +  health: {interval: 1m}   # often
|  schedules:
|    friday:
| -    every: "24h"
| -    windows: [FRI 18:00-22:00]
| +    every: "1d"
| +    windows: [fri 18:00-22:00]
|  instances:
|    tv:
|      type: sonarr
|      url: http://tv:8989
|      # from the server's settings
| -    api_key: !secret tv-key
| -    protect: yes
| +    api_key: {secret: tv-key}
| +    protect: true
# The diff is what `diff -u` prints, and nothing was written.
$ cp -r mine other && chmod 600 mine/splintarr.yaml && splintarr fmt mine
| mine/splintarr.yaml
$ (diff -u --label mine/splintarr.yaml --label mine/splintarr.yaml other/splintarr.yaml mine/splintarr.yaml) | cmp - patch
$ stat -c %a mine/splintarr.yaml
| 600
$ splintarr fmt --check mine
$ splintarr validate -q mine
| Valid: 3 resources in 1 file, 1 warning.
# Other mistakes are not its business; a literal secret is not shown.
$ sed -i 's/!secret tv-key/hunter2hunter2/; s/protect/protct/' other/splintarr.yaml
$ splintarr fmt --diff other | grep -c hunter2
| 0
= 1
# What is no YAML stays as it is; the other files are done.
$ printf 'queues: {a: [\n' >mine/bad.yaml && printf 'schedules: {x: {every: 48h}}\n' >mine/more.yaml
$ splintarr fmt mine 2>&1 | grep -v '^ '
| error[E100]: a value is missing here
| splintarr: 'mine/bad.yaml' is not valid YAML; left as it is
| mine/more.yaml
$ cat mine/bad.yaml mine/more.yaml
| queues: {a: [
| schedules: {x: {every: 2d}}
# A link out of the tree is not followed.
$ rm mine/bad.yaml && printf 'schedules: {y: {every: 48h}}\n' >outside.yaml && ln -s ../outside.yaml mine/link.yaml
$ splintarr fmt mine/link.yaml
| splintarr: mine/link.yaml: it is a link to outside the tree, which is not followed
= 4
$ cat outside.yaml
| schedules: {y: {every: 48h}}
$ touch mine/list.txt && splintarr fmt mine/list.txt
| splintarr: 'mine/list.txt' is not a file of a tree: *.yaml, *.yml or *.json
= 2
