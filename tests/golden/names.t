# Names that nothing applied has: what was meant, wherever a name is taken.
# Where nothing is applied there is nothing to name.
$ printf x | splintarr -q secret set a-key >/dev/null
$ splintarr run --all
| splintarr: no queue is applied: there is nothing to search
$ splintarr exclude test Lab
| splintarr: no instance is applied: there is nothing to look at
= 1
$ splintarr refresh
| splintarr: there is nothing to ask: no instance is applied, or all are suspended (splintarr get instances)
= 2
$ splintarr -q apply --yes home >/dev/null
$ splintarr exclude test Lab --instance sonar-main
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr why episode/sonarr-main/x
| splintarr: 'episode/sonarr-main/x' is no address: KIND/NAME, such as queue/tv-missing, or an item, such as episode/sonarr-main/4711
= 2
$ splintarr get queue/tv-mising
| splintarr: no queue 'tv-mising' is applied; did you mean 'tv-missing'?
= 2
$ splintarr get missing/tv
| splintarr: 'missing' is a list: splintarr get missing
= 2
$ splintarr next tv-mising
| splintarr: no daemon runs: nothing runs by itself (splintarr daemon)
| splintarr: no queue 'tv-mising' is applied; did you mean 'tv-missing'?
= 2
$ splintarr run tv-mising
| splintarr: no queue 'tv-mising' is applied; did you mean 'tv-missing'?
= 2
$ splintarr run tv-missing@sonar-main
| splintarr: queue/tv-missing does not run on 'sonar-main'; did you mean 'sonarr-main'?
= 2
$ splintarr run nothing-like-it
| splintarr: no queue 'nothing-like-it' is applied (splintarr get queues)
= 2
$ splintarr pause queue/tv-mising
| splintarr: no queue 'tv-mising' is applied; did you mean 'tv-missing'?
= 2
$ splintarr pause queue/tv-missing@radarr-main
| splintarr: queue/tv-missing does not run on 'radarr-main' (splintarr get queues)
= 2
$ splintarr resume instance/sonar-main
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr pause schedule/nightly
| splintarr: 'schedule/nightly' cannot be paused: instance/NAME, queue/NAME or queue/NAME@INSTANCE (splintarr get queues)
= 2
$ splintarr why queue/tv-missing@sonar-main
| splintarr: queue/tv-missing does not run on 'sonar-main'; did you mean 'sonarr-main'?
= 2
$ splintarr describe queue/tv-missing@radarr-main
| splintarr: queue/tv-missing does not run on 'radarr-main' (splintarr get queues)
= 2
$ splintarr describe instance/sonarr-main@x
| splintarr: no instance 'sonarr-main@x' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr why episode/sonar-main/7
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr describe movie/radar-main/7
| splintarr: no instance 'radar-main' is applied; did you mean 'radarr-main'?
= 2
$ splintarr retry episode/sonar-main/7
| splintarr: no instance 'sonar-main' is applied; did you mean 'sonarr-main'?
= 2
$ splintarr retry episode/sonarr-main/7
| splintarr: the library of instance/sonarr-main holds no episode 7 (splintarr get missing lists addresses)
= 2
$ splintarr explain -C home queue/tv-mising
| splintarr: the tree has no queue/tv-mising; did you mean 'tv-missing'?
= 2
# A directory that is no tree is not made one by accident.
$ mkdir elsewhere
$ splintarr -C elsewhere exclude add --title X
| splintarr: 'elsewhere' has no splintarr.yaml with 'version: 1': is the right directory mounted there? nothing was written
= 5
$ ls elsewhere
# A queue on one of its instances.
$ splintarr why queue/tv-missing@sonarr-main | grep -E '^queue|^Last'
| queue/tv-missing: ready
| queue/tv-missing@sonarr-main
| Last runs
