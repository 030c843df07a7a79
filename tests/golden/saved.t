# A plan looked at in one place and applied in another: exactly this or nothing.
$ splintarr diff home --out plan | tail -4
| Plan: 7 to add, 0 to change, 0 to remove, 0 unchanged.
| Warning: instance/radarr-main: api_key: the environment variable RADARR_API_KEY is not set here
| Warning: instance/sonarr-main: api_key: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
| Warning: api_key comes from the environment (instances.yaml:11)
$ stat -c '%a' plan
| 600
$ grep -e http -e sonarr-main-key -e Brother plan
= 1
# Before the first apply there is no state: that is revision 0.
$ splintarr apply --plan plan | tail -1
| splintarr: created the state in 'DIR/state'; its key is 'DIR/state/key': keep a copy elsewhere, a backup is worth nothing without it
| Applied revision 1 in N ms: 7 added, 0 changed, 0 removed.
$ splintarr apply --plan plan
| splintarr: saved plan is stale: the state is at revision 1, it was made for 0; nothing was applied. Look again:  splintarr diff --out plan
= 6
$ sed -i 's/20/30/' home/queues.yaml && splintarr diff home --out plan | grep Plan
| Plan: 0 to add, 1 to change, 0 to remove, 6 unchanged.
# Nobody is asked: the plan was looked at when it was made. The tree is the one it was made from.
$ (cd / && splintarr apply --plan "$OLDPWD/plan") | tail -1
| Applied revision 2 in N ms: 0 added, 1 changed, 0 removed.
# The tree changed since.
$ sed -i 's/30/40/' home/queues.yaml && splintarr diff home --out plan --exit-zero | grep Plan
| Plan: 0 to add, 1 to change, 0 to remove, 6 unchanged.
$ echo '# a comment' >>home/queues.yaml && splintarr apply --plan plan
| splintarr: saved plan is stale: the files below 'DIR/home' changed since it was made; nothing was applied. Look again:  splintarr diff --out plan
= 6
# The state moved since.
$ splintarr diff home --out plan --exit-zero | grep Plan
| Plan: 0 to add, 1 to change, 0 to remove, 6 unchanged.
$ sed -i 's/40/50/' home/queues.yaml && splintarr apply home --yes | tail -1
| Applied revision 3 in N ms: 0 added, 1 changed, 0 removed.
$ sed -i 's/50/40/' home/queues.yaml && splintarr apply --plan plan
| splintarr: saved plan is stale: the state is at revision 3, it was made for 2; nothing was applied. Look again:  splintarr diff --out plan
= 6
# Something outside of both changed: the value of a secret.
$ splintarr diff home --out plan --exit-zero | grep Plan
| Plan: 0 to add, 1 to change, 0 to remove, 6 unchanged.
$ echo the-first-value-of-this-key | splintarr secret set sonarr-main-key
| Stored the secret 'sonarr-main-key'. Refer to it as {secret: sonarr-main-key}.
$ splintarr apply --plan plan
| splintarr: saved plan is stale: instance/sonarr-main would change now as well; nothing was applied. Look again:  splintarr diff --out plan
= 6
# What was held stays held.
$ : >home/exclusions.yaml; splintarr diff home --out plan --exit-zero | grep -A1 Held
| Held: all 2 exclusions would be removed.
|       to go ahead:  splintarr apply --allow-prune=2
$ splintarr apply --plan plan | tail -1
| splintarr: held; nothing was applied
| Warning: api_key comes from the environment (instances.yaml:11)
$ splintarr apply --plan plan --allow-prune=2 | tail -1
| Applied revision 4 in N ms: 0 added, 2 changed, 2 removed.
# Mistakes.
$ splintarr apply --plan home/queues.yaml
| splintarr: 'home/queues.yaml' is no plan saved by this version:  splintarr diff --out PLAN  makes one
= 2
$ splintarr apply --plan nowhere
| splintarr: reading the saved plan: cannot open 'nowhere': No such file or directory
= 4
$ splintarr apply --plan plan --no-prune
| splintarr: --no-prune makes another plan than the saved one: leave it out
= 2
$ splintarr diff home --out no/such/dir/plan --exit-zero | tail -1
| splintarr: saving the plan: cannot create 'no/such/dir/plan.tmp': No such file or directory
$ splintarr diff home --out home/queues.yaml --exit-zero | tail -1
| splintarr: 'home/queues.yaml' is there and no saved plan: it is left alone
