scenario "a file that is deleted is missed with the next run, one that is imported at once is not, without a sync"
# behaviour 28
fake sonarr tv quiet upgradable=2
fake radarr films quiet upgradable=2
behave tv webhooks on
behave films webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, schedule: {every: 1h}}
apply
start
advance 30m
expect searches tv exactly 0
expect searches films exactly 0
delete tv 1
delete films 2
advance 40m
expect searches tv of=1 exactly 1
expect searches films of=2 exactly 1
# The other one goes too, and something that nobody searched for is imported before the next run.
behave tv auto_redownload off
delete tv 2
grab tv 2
advance 48m
expect event hook_received instance=tv type=Download least 1
advance 1h
expect searches tv of=2 exactly 0
expect requests tv GET /api/v3/series exactly 1
expect requests films GET /api/v3/movie exactly 1
