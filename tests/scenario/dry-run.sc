scenario "a dry run says what it would search and searches nothing"
fake sonarr tv wanted=5
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 3}
apply
run missing dry
expect searches tv exactly 0
expect event item_selected exactly 3
expect requests tv POST /api/v3/command exactly 0
