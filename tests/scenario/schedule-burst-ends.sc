scenario "a burst that finds nothing ends with its time, and the cooldown goes on"
fake sonarr tv
air tv in=1h
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC, blackout: [mon 14:00-15:00]}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 24h}}
  | queues:
  |   missing: {instances: [tv], schedule: {every: 30d, burst: {every: 15m, for: 3h}}}
apply
cooldown 14m
start
# It airs at 13:00: 13:00 13:15 13:30 13:45, the blackout, 15:00 15:15 15:30 15:45.
advance 12h
expect searches tv of=2 exactly 8
# The old one, at the start.
expect searches tv exactly 9
