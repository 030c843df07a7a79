scenario "what the server does not let through in its burst is looked at as often as it would be searched"
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
  |     schedule: {every: 24h, burst: {every: 15m, for: 3h}}
apply
cooldown 14m
start
advance 1h58m
# The server found it by itself, as it came; it downloads for a while.
grab tv 12
advance 17m
expect searches tv of=12 exactly 0
# 14:00, with the old one of its series; 14:01 for the rest, of which there is none; then not before 14:16.
expect event search_started cause=burst exactly 2
