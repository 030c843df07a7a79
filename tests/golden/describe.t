# Every kind of resource can be described, the one without a name included.
$ splintarr -q apply --yes home >/dev/null
$ splintarr describe settings | sed -n '1p;/^Effective/,/library/p'
| settings/settings
| Effective
|   suspend                      false
|   protect                      false
|   reconcile.mode               auto
|   reconcile.poll_interval      1m
|   reconcile.debounce           1s
|   reconcile.prune.policy       auto
|   reconcile.prune.max_deletes  30%
|   reconcile.prune.retain       30d
|   history.retain               400d
|   library.sync                 6h
$ splintarr describe settings -o json | grep '"address"'
|   "address": "settings/settings",
$ splintarr describe exclusion/old-reality
| exclusion/old-reality
| Declared  exclusions.yaml:2, revision 1, since DATE
|
| Conditions
|   Synced     True
|   Ready      True
|   Suspended  False
|   Stalled    False
|
| Effective
|   suspend                      false
|   protect                      false
|   match[0].title_regex         ^(Big Brother|Love Island)\b
|   instances                    all
|   reason                       not worth the indexer budget
$ splintarr describe instance/sonarr-main | sed -n '/^Conditions/,/^Effective/p'
| Conditions
|   Synced     True
|   Ready      False    SecretMissing: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
|   Healthy    Unknown  not asked yet
|   Suspended  False
|   Stalled    True     SecretMissing: the secret 'sonarr-main-key' is not stored yet: splintarr secret set sonarr-main-key
|
| Health
|   unknown    not asked yet, or not answered yet
|
| Effective
$ splintarr describe queue/tv-missing | head -3
| queue/tv-missing
| Declared  queues.yaml:6, revision 1, since DATE
|
$ splintarr describe profile/builtin/weekly-upgrade | head -3
| profile/builtin/weekly-upgrade
|
| Conditions
$ splintarr describe settings/other
| splintarr: no settings 'other' is applied (splintarr get settings)
= 2
$ splintarr describe queue
| splintarr: 'queue' is no address: KIND/NAME, such as queue/tv-missing, or an item, such as episode/sonarr-main/4711
= 2
$ splintarr describe colour/red
| splintarr: 'colour/red' is no address: KIND/NAME, such as queue/tv-missing, or an item, such as episode/sonarr-main/4711
= 2
# Where to send webhooks to: whole when the tree says how this place is reached.
$ sed -i 's/protect: true/&\n    webhook: {token: {secret: hook}}/' home/instances.yaml
$ splintarr -q apply --yes home >/dev/null
$ splintarr describe instance/sonarr-main | grep -A2 '^Webhook'
| Webhook
|   http://HOST:7337/hooks/sonarr-main, with the token as Basic password, X-Splintarr-Token or ?token=
|   HOST:7337 is where the application reaches this daemon (--listen); settings.webhooks.base_url puts it here
$ printf '  webhooks: {base_url: "http://splintarr:7337"}\n' >>home/splintarr.yaml
$ splintarr -q apply --yes home >/dev/null
$ splintarr describe instance/sonarr-main | grep -A2 '^Webhook'
| Webhook
|   http://splintarr:7337/hooks/sonarr-main, with the token as Basic password, X-Splintarr-Token or ?token=
|
