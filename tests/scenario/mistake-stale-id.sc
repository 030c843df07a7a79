scenario "one title that is gone does not take the others of its batch with it"
# mistake: one stale id in a command failed all of them
# Fails when an item that is gone breaks the run.
# behaviour 32
fake sonarr tv wanted=0
fake radarr films wanted=5
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  | queues:
  |   missing: {instances: [films], batch: 5, order: title, cooldown: 168h}
apply
run missing dry
remove films 2
run missing
expect searches films exactly 4
expect event search_failed exactly 0
expect event search_completed searched=4 exactly 1
