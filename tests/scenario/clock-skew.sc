scenario "servers whose clocks are hours off are judged by their own clocks"
# behaviour 34
fake sonarr ahead wanted=2 skew=3h
fake sonarr behind wanted=2 skew=-5h
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   ahead: {type: sonarr, url: "http://ahead.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   behind: {type: sonarr, url: "http://behind.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all}
apply
release ahead 1
release behind 1
run all
expect searches ahead exactly 2
expect searches behind exactly 2
expect event item_searched outcome=grabbed least 2
expect event item_searched outcome=foreign exactly 0
expect event library_drift exactly 0
