scenario "a run by hand keeps the hours too"
fake sonarr tv wanted=40
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC, blackout: [mon 15:00-16:00]}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 24h, windows: [daily 14:00-18:00]}}
apply
run missing
expect searches tv exactly 0
expect event search_completed gate=outside_window exactly 1
advance 2h30m
run missing
expect searches tv exactly 1
advance 1h
run missing
expect searches tv exactly 1
expect event search_completed gate=in_blackout exactly 1
