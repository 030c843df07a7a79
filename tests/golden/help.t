# What one command does and takes, with an example of its use: every command but those about itself.
$ for c in $(splintarr help | sed -nE 's/^  ([a-z]+)( .*)?$/\1/p'); do
>     splintarr help $c | grep -qE '^ +(.*\| )?splintarr ' || echo "$c"
> done
| doctor
| version
| help
$ splintarr help retry
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
|
| Examples
|   splintarr retry episode/sonarr-main/4711
|   splintarr retry season/sonarr-main/12/2
|
| Flags of every command: splintarr help
$ splintarr help run | sed -n '/^Examples/,$p'
| Examples
|   splintarr run tv-missing --dry-run    what it would search, and why not more
|   splintarr run tv-missing@sonarr-main
|   splintarr run --all                   for cron
|
| Flags of every command: splintarr help
# The list stays in its two columns, whatever stands in the left one.
$ splintarr help | grep -A1 -E '^  (probe|refresh) '
|   refresh [INSTANCE…]             read the libraries of instances now, whatever their age
|   probe [INSTANCE…]               ask instances how they are, now
|   exclude add|import|test         write an exclusion into the tree, or try one on the libraries
