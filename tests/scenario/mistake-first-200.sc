scenario "a list longer than a page is read to its end"
# mistake: everything after the first 200 was never seen
# Fails when only the first 200 rows of the library are offered.
fake sonarr tv wanted=0
fake radarr films wanted=450
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  | queues:
  |   missing: {instances: [films], batch: 1}
apply
run missing
expect event library_synced movies=450 exactly 1
expect event search_completed considered=450 exactly 1
