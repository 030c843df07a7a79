scenario "servers of 2020 without lastSearchTime, result or wanted lists are searched as truly"
# behaviour 10
fake sonarr tv old wanted=3
fake radarr films old wanted=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all}
apply
# Their message is "Completed" whatever came of it, their dates have seven digits more.
release tv 2
release films 3
run all
expect event item_searched outcome=grabbed exactly 2
expect event item_searched item=episode/tv/2 exactly 1
expect searches tv exactly 3
expect searches films exactly 3
run all
expect searches tv exactly 3
expect searches films exactly 3
expect event library_drift exactly 0
