# What was applied, as a file of a tree.
$ splintarr export
| splintarr: there is no state in 'DIR/state' yet: 'splintarr apply' creates it, --state DIR names another place
= 4
$ splintarr -q apply --yes home >/dev/null
$ splintarr export exclusion/old-reality
| exclusions:
|   old-reality:
|     match:
|       - title_regex: '^(Big Brother|Love Island)\b'
|     reason: not worth the indexer budget
$ splintarr export exclusion/old-reality -o json
| {
|   "exclusions": {
|     "old-reality": {
|       "match": [
|         {
|           "title_regex": "^(Big Brother|Love Island)\\b"
|         }
|       ],
|       "reason": "not worth the indexer budget"
|     }
|   }
| }
$ splintarr export queue/nothing
| splintarr: nothing applied is called 'queue/nothing'; splintarr get KIND lists names
= 2
$ splintarr export queue/a --tenant alice
| splintarr: an address says whose it is: leave --tenant out
= 2
$ splintarr export --tenant alice
| splintarr: nothing applied belongs to a tenant 'alice'
= 2
