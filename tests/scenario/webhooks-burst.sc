scenario "a series that is added while it airs is searched when it is over, without waiting for a sync"
# behaviour 28
fake sonarr tv wanted=1
behave tv webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   recent: {instances: [tv], schedule: {every: 24h, burst: {every: 15m, for: 2h}}}
apply
cooldown 14m
start
advance 5m
expect searches tv exactly 1
# Over at 12:20; the library is read again at the end of the day only.
air tv in=15m
advance 14m
expect searches tv exactly 1
advance 6m
expect searches tv of=3 exactly 1
