scenario "what has just aired is searched often for a while, with its series alone, and a find ends it"
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
  |     order: least_recent
  |     grace: 6h
  |     schedule: {every: 24h, burst: {every: 15m, for: 3h}}
apply
cooldown 14m
start
# The interval's own run; what airs at 14:00 is not searched before.
advance 1h50m
expect searches tv exactly 3
expect searches tv of=12 exactly 0
# 14:00, 14:15, 14:30, 14:45: the fresh one, within its grace; the old one of its series once.
advance 65m
expect searches tv of=12 exactly 4
expect searches tv of=11 exactly 1
expect searches tv exactly 8
expect event search_started cause=burst exactly 4
# It appears, is found at 15:00, and that is the end of it.
release tv 12
advance 3h
expect searches tv of=12 exactly 5
expect searches tv exactly 9
expect event content_found exactly 1
