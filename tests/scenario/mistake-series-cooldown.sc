scenario "an episode that was searched leaves the others of its series alone"
# mistake: one searched episode cooled its whole series down
# Fails when an item has the memory of any item of its series.
fake sonarr tv wanted=6
fake radarr films wanted=0
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  | queues:
  |   missing: {instances: [tv], batch: 2, cooldown: 168h}
apply
run missing
run missing
run missing
expect searches tv exactly 6
