scenario "a burst begins when something airs, also between the moments of a schedule that has no interval"
fake sonarr tv wanted=10
air tv in=2h
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 24h}}
  | queues:
  |   missing:
  |     instances: [tv]
  |     batch: 3
  |     schedule: {at: [daily 23:30], burst: {every: 15m, for: 3h}}
apply
cooldown 14m
start
advance 1h50m
expect searches tv exactly 0
# 14:00, 14:15, 14:30, 14:45: the fresh one.
advance 65m
expect searches tv of=12 exactly 4
expect event search_started cause=burst exactly 4
