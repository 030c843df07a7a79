# For a comment on a pull request; what the files contain stays text.
$ cat >home/evil.yaml <<'X'
> queues:
>   evil: {instances: all, batch: "```<img src=x> @alice"}
> X
$ splintarr diff home -o markdown
| ### Splintarr plan: invalid
|
| `home`: 1 error, nothing is applied.
|
| ````text
| error[E105]: batch: '```<img src=x> @alice' is not a whole number
|   --> evil.yaml:2:33
|    |
|  2 |   evil: {instances: all, batch: "```<img src=x> @alice"}
|    |                                 ^^^^^^^^^^^^^^^^^^^^^^^
|    = write digits only, such as 10
|
| warning[W007]: api_key comes from the environment
|    --> instances.yaml:11:20
|     |
|  11 |     api_key: {env: RADARR_API_KEY}
|     |                    ^^^^^^^^^^^^^^
|     = anyone who may inspect the process or container sees it
| ````
= 3
$ rm home/evil.yaml; splintarr apply home --yes >/dev/null 2>&1; rm home/exclusions.yaml; splintarr diff home -o markdown
| ### Splintarr plan: held
|
| `home`, state: `revision 1`
|
| > [!CAUTION]
| > **Held**, nothing of it is applied: all 2 exclusions would be removed.
| > To go ahead: `splintarr apply --allow-prune=2`
|
| ```diff
| - exclusion/abandoned                                              was exclusions.yaml:6
| -     match.titles_file  lists/abandoned.txt
|       => history kept until DAY
|
| - exclusion/old-reality                                            was exclusions.yaml:2
| -     match.title_regex  '^(Big Brother|Love Island)\b'
| -     reason    not worth the indexer budget
|       => history kept until DAY
| ```
|
| Plan: 0 to add, 0 to change, 2 to remove, 5 unchanged.
|
| - Warning: instance/radarr-main: api\_key: the environment variable RADARR\_API\_KEY is not set here
| - Warning: instance/sonarr-main: api\_key: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
| - Warning: api\_key comes from the environment (instances.yaml:11)
= 1
