# A queue to start another one from.
$ splintarr -q apply --yes home >/dev/null
$ splintarr queue clone tv-missing tv-slow | tee home/tv-slow.yaml
| queues:
|   tv-slow:
|     extends: tv-missing
$ splintarr diff home | grep -E '^Plan|  \+ queue'
|   + queue/tv-slow                                                  tv-slow.yaml:2
| Plan: 1 to add, 0 to change, 0 to remove, 7 unchanged.
$ splintarr queue clone tv-missing tv-missing
| splintarr: there is a queue 'tv-missing' already
= 2
$ splintarr queue clone nothing tv-slow
| splintarr: there is no queue 'nothing'; splintarr get queues lists them
= 2
$ splintarr queue clone tv-missing 'TV slow'
| splintarr: 'TV slow' is not a name
= 2
$ splintarr queue copy tv-missing tv-slow
| splintarr: there is no 'queue copy': splintarr queue clone A B
= 2
