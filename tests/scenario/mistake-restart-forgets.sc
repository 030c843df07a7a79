scenario "caps and cooldowns are the same after a restart"
# mistake: both were counted in memory, and a restart let a second burst through
# Fails when attempts and memory are empty after opening the state.
fake sonarr tv wanted=0
fake radarr films wanted=9
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 4}}
  | queues:
  |   missing: {instances: [films], batch: 9, cooldown: 168h}
apply
run missing
expect searches films exactly 4
kill
run missing
expect searches films exactly 4
advance 61m
kill
run missing
expect searches films exactly 8
advance 61m
kill
run missing
# The ninth, and none of the eight again.
expect searches films exactly 9
