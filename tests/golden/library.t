# Libraries, before anything was read of them.
$ splintarr get series
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
$ splintarr -q apply --yes home >/dev/null
$ splintarr get series
| ADDRESS  TITLE  STATUS  PROFILE  EPISODES  FILES  MISSING
$ splintarr get episodes -o json
| {
|   "format_version": "1.0",
|   "items": []
| }
$ splintarr get movies -o name
$ splintarr get missing --instance nothing
| splintarr: no instance 'nothing' is applied (splintarr get instances)
= 2
$ splintarr get missing --limit none
| splintarr: --limit takes a number from 1, not 'none'
= 2
$ splintarr get serie
| splintarr: there is nothing called 'serie' to get; did you mean 'series'?
= 2
$ splintarr describe episode/sonarr-main/1
| splintarr: the library of instance/sonarr-main holds no episode 1 (splintarr get missing lists addresses)
= 2
$ splintarr describe series/sonarr-main/1
| splintarr: the library of instance/sonarr-main holds no series 1 (splintarr get series lists addresses)
= 2
$ splintarr refresh nothing
| splintarr: no instance 'nothing' is applied (splintarr get instances)
= 2
$ splintarr refresh sonar-main
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
