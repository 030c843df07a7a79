scenario "what is missing is searched on a Sonarr and a Radarr, and finds are proven"
fake sonarr tv wanted=6
fake radarr films wanted=4
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, batch: 10}
apply
expect diff none
release tv 1
run all
# Every wanted item was searched exactly once; each search was told.
expect searches tv exactly 6
expect searches films exactly 4
expect event item_searched exactly 10
expect event search_completed exactly 2
expect event item_searched outcome=grabbed least 1
expect problems none
expect event library_drift exactly 0
