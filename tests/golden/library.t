# Libraries, before anything was read of them.
$ splintarr get series
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
$ splintarr -q apply --yes home >/dev/null
$ splintarr get series
| ADDRESS  TITLE  STATUS  PROFILE  EPISODES  FILES  MISSING
| splintarr: nothing is known of the library of instance/radarr-main yet: splintarr refresh radarr-main
| splintarr: nothing is known of the library of instance/sonarr-main yet: splintarr refresh sonarr-main
$ splintarr get episodes -o json
| {
|   "format_version": "1.0",
|   "items": []
| }
| splintarr: nothing is known of the library of instance/radarr-main yet: splintarr refresh radarr-main
| splintarr: nothing is known of the library of instance/sonarr-main yet: splintarr refresh sonarr-main
$ splintarr get movies -o name
| splintarr: nothing is known of the library of instance/radarr-main yet: splintarr refresh radarr-main
| splintarr: nothing is known of the library of instance/sonarr-main yet: splintarr refresh sonarr-main
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
# A season by its address, of a library that holds none yet.
$ splintarr why season/sonarr-main/12/2
| splintarr: the library of instance/sonarr-main holds no series 12 (splintarr get series lists addresses)
= 2
$ splintarr why season/sonar-main/12/2
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr retry season/sonarr-main/12
| splintarr: 'season/sonarr-main/12' is no season; write season/INSTANCE/SERIES/NUMBER, such as season/sonarr-main/12/2
= 2
$ splintarr retry season/sonarr-main/12/two
| splintarr: 'season/sonarr-main/12/two' is no season; write season/INSTANCE/SERIES/NUMBER, such as season/sonarr-main/12/2
= 2
$ splintarr retry sonarr-main/12
| splintarr: 'sonarr-main/12' is no item: episode/INSTANCE/ID or movie/INSTANCE/ID, as run and why print them, or season/INSTANCE/SERIES/NUMBER
= 2
$ splintarr why series/sonarr-main/12
| splintarr: a series is searched by its episodes and seasons; splintarr describe series/sonarr-main/12 lists them
= 2
$ splintarr why instance/sonarr-main
| splintarr: why takes an item (episode/sonarr-main/4711), a season (season/sonarr-main/12/2) or a queue (queue/tv-missing); how instance/sonarr-main is:  splintarr describe instance/sonarr-main
= 2
$ splintarr help retry | head -n 11
| splintarr retry ITEM | SEASON
|
| let an item or a season be searched again without waiting
|
| Ends the cooldown of an episode or movie, and the loop guard that holds what was
| grabbed three times in a week without import. It is searched when its turn comes;
| caps, windows and every other gate hold. The audit log keeps who asked.
|
| Of a season, season/INSTANCE/SERIES/NUMBER such as season/sonarr-main/12/2, it ends
| the same for the search of it as a whole, and the loop guard of each of its episodes:
| one that is held keeps the season from being searched.
# Lists: the instance must be one, names are addresses, and what is not known is said.
$ splintarr get library
| INSTANCE     TITLES  ITEMS  WITH FILE  MISSING  CUTOFF UNMET  DRIFT  SYNCED
| radarr-main  -       -      -          -        -             -      never
| sonarr-main  -       -      -          -        -             -      never
| splintarr: nothing is known of the library of instance/radarr-main yet: splintarr refresh radarr-main
| splintarr: nothing is known of the library of instance/sonarr-main yet: splintarr refresh sonarr-main
$ splintarr -q get library
| INSTANCE     TITLES  ITEMS  WITH FILE  MISSING  CUTOFF UNMET  DRIFT  SYNCED
| radarr-main  -       -      -          -        -             -      never
| sonarr-main  -       -      -          -        -             -      never
$ splintarr get runs --instance sonar-main
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr get library --instance sonar-main
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr get health -o name
| instance/radarr-main
| instance/sonarr-main
$ splintarr get health --instance radarr-main -o name
| instance/radarr-main
$ splintarr -q pause queue/tv-missing@sonarr-main
| Paused queue/tv-missing@sonarr-main until:  splintarr resume queue/tv-missing@sonarr-main
$ splintarr get pauses -o name
| queue/tv-missing@sonarr-main
