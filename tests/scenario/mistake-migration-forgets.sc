scenario "caps and cooldowns are the same after the program was upgraded"
# mistake: a new schema began with empty tables, and an upgrade let a second burst through
# Fails when attempts or memory are empty after a migration.
# An old server does not tell when it searched an item: only we know.
fake radarr films old wanted=9
fake sonarr tv wanted=1 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 4}}
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], batch: 9, cooldown: 720h}
  |   old-ones: {instances: [tv]}
apply
run all
expect searches films exactly 4
expect searches tv exactly 1
older 1
run missing
expect searches films exactly 4
advance 61m
older 1
run missing
expect searches films exactly 8
advance 61m
older 1
run missing
# The ninth, and none of the eight again.
expect searches films exactly 9
# What this one tells is when it was searched, not how often in vain: 168 hours become 336.
advance 200h
older 1
run all
expect searches tv exactly 1
expect searches films exactly 9
advance 150h
run all
expect searches tv exactly 2
expect searches films exactly 9
expect problems none
