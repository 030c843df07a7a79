scenario "caps and cooldowns are the same after a restart"
# mistake: both were counted in memory, and a restart let a second burst through
# Fails when attempts or memory are empty after opening the state, or the gap is kept inside a run only.
# An old server does not tell when it searched an item: only we know.
fake radarr films old wanted=9
fake sonarr tv wanted=1 quiet
fake radarr slow wanted=2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 4}}
  |   slow: {type: radarr, url: "http://slow.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 10m}}
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], batch: 9, cooldown: 720h}
  |   old-ones: {instances: [tv]}
  |   one: {instances: [slow], batch: 1}
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
# What this one tells is when it was searched, not how often in vain: 168 hours become 336.
run old-ones
expect event item_searched outcome=nothing least 1
expect searches tv exactly 1
advance 200h
kill
run old-ones
run missing
expect searches tv exactly 1
expect searches films exactly 9
# The first search of a run keeps its distance from the last one before the restart.
run one
kill
run one
expect searches slow exactly 2
expect gap slow least 600
