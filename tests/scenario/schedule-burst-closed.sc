scenario "a burst that a blackout outlasts is none: no run is begun for it when the blackout ends"
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
  |     schedule: {every: 24h, burst: {every: 15m, for: 1h}, blackout: [daily 13:30-16:00]}
apply
cooldown 14m
start
advance 1h
expect searches tv exactly 3
# 14:00 to 15:00 would be the burst; 16:00 is too late for it.
advance 5h
expect event search_started cause=burst exactly 0
expect searches tv exactly 3
