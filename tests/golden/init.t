# A tree to start from is valid, and is never written twice.
$ splintarr init new
| wrote new/splintarr.yaml
| wrote new/instances.yaml
| wrote new/queues.yaml
| wrote new/exclusions.yaml
| wrote new/.gitignore
| wrote new/.splintarr/CODEOWNERS
| wrote new/.splintarr/pre-commit
| wrote new/.splintarr/schema.json
|
| Next:
|   splintarr secret set sonarr-key   the API key (in Sonarr: Settings > General)
|   $EDITOR new/instances.yaml         where your Sonarr is
|   splintarr -C new diff              what would be applied
|   splintarr -C new apply
$ splintarr validate new
| Valid: 3 resources in 4 files, 0 warnings.
$ splintarr -C new diff
| Source  new (no git)
| State   nothing applied yet
|
|   + settings                                                       splintarr.yaml:4
|       + 23 fields at their defaults
|
|   + instance/sonarr-main                                           instances.yaml:3
|       + type      sonarr
|       + url       http://localhost:8989
|       + api_key   (secret) secret:sonarr-key
|       + 16 fields at their defaults
|
|   + queue/tv-missing                                               queues.yaml:3
|       + profile   builtin/new-releases
|       + instances  {type: sonarr}
|       + strategy  missing
|       + batch     10
|       + 13 fields at their defaults
|
| Plan: 3 to add, 0 to change, 0 to remove, 0 unchanged.
| Warning: instance/sonarr-main: api_key: the secret 'sonarr-key' is not stored yet: splintarr secret set sonarr-key
= 1
$ splintarr init new
| splintarr: 'new/splintarr.yaml' exists already; nothing was written
= 5
$ splintarr schema | cmp - new/.splintarr/schema.json
# Directories of tenants that are there already get their line.
$ mkdir -p own/tenants/alice && splintarr -q init own >/dev/null && tail -1 own/.splintarr/CODEOWNERS
| /tenants/alice/ @alice
