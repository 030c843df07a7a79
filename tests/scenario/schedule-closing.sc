scenario "a run that a blackout meets ends with the item it is at, and goes on afterwards"
fake sonarr tv wanted=40
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv:
  |     type: sonarr
  |     url: http://tv.sim
  |     api_key: {env: SPLINTARR_SCENARIO_KEY}
  |     limits: {min_gap: 10m}
  | queues:
  |   missing: {instances: [tv], batch: 10, schedule: {every: 24h, blackout: [mon 12:25-14:00]}}
apply
start
# 12:00, 12:10, 12:20; the next would be 12:30.
advance 1h59m
expect searches tv exactly 3
expect event search_completed gate=in_blackout exactly 1
# What is left of the ten, from 14:00 on.
advance 31m
expect searches tv exactly 6
advance 3h
expect searches tv exactly 10
