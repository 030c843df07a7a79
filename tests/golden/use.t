# Wrong use: exit 2 and one clear line.
$ splintarr
| splintarr: which command? splintarr help lists them
= 2
$ splintarr vaildate
| splintarr: unknown command 'vaildate'; did you mean 'validate'? (splintarr help)
= 2
$ splintarr diff --ful
| splintarr: unknown flag '--ful'; did you mean '--full'? (splintarr help diff)
= 2
$ splintarr diff --only
| splintarr: '--only' needs a value: --only ADDRESS
= 2
$ splintarr diff --only quue/tv home
| splintarr: '--only quue/tv': there is no kind 'quue'; did you mean 'queue'?
= 2
$ splintarr diff -o xml
| splintarr: '-o xml': diff prints one of: text json markdown
= 2
$ splintarr diff --wide 3
| splintarr: unknown flag '--wide' (splintarr help diff)
= 2
$ splintarr apply --allow-prune=many home
| splintarr: '--allow-prune=many': how many removals? a number
= 2
$ splintarr apply --allow-prune=1 --no-prune home
| splintarr: --allow-prune and --no-prune contradict each other
= 2
$ splintarr validate a b
| splintarr: unexpected argument 'b': splintarr validate [DIR] [--online]
= 2
$ splintarr help nothing
| splintarr: no command 'nothing' (splintarr help)
= 2
# Where there is no tree, or something else.
$ splintarr validate nowhere
| splintarr: there is no configuration in 'nowhere': 'splintarr init DIR' writes one to start from, -C DIR names another place
= 4
$ splintarr validate home/queues.yaml
| splintarr: 'home/queues.yaml' is a file; the configuration is a directory with splintarr.yaml in it (bind-mount the directory: editors replace files by rename and a single-file mount keeps the old inode)
= 2
# The lists.
$ splintarr version
| splintarr VERSION
$ splintarr help diff
| splintarr diff [DIR]
|
| what apply would change; exit 1 when something differs
| Also: splintarr plan
|
| Compares the files below DIR with what was applied, field by field. Reads only.
| Values of secrets are compared by fingerprint and never shown; between two trees
| (--from A --to B) they are not looked at.
|
| Flags
|   --full                          show unchanged fields and defaults too
|   --only ADDRESS                  show one resource (queue/tv) or kind (queues); the plan stays whole
|   --against REV                   compare with this older revision (splintarr history)
|   --from A                        compare with the tree A instead of the state, offline
|   --to B                          with --from: the tree to compare, instead of DIR
|   --out PLAN                      save the plan for  apply --plan PLAN  (digests only, no values)
|   --source-revision COMMIT        which commit a tree without .git is, for the record
|   --source-author WHO             and whose
|   --exit-zero                     exit 0 though something differs
|
| Output (-o): text json markdown
|
| Examples
|   splintarr diff                                 before every apply
|   splintarr diff --only queue/tv-missing --full
|   splintarr diff --against 40                    with an older revision of splintarr history
|
| Flags of every command: splintarr help
$ splintarr diff --help | head -1
| splintarr diff [DIR]
$ splintarr explain | head -1
| Kinds of resources: settings user instance share schedule profile notification exclusion queue
