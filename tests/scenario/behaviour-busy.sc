scenario "a search that waits minutes for a worker is waited for, and made once"
# behaviour 14
fake sonarr tv wanted=2
behave tv busy_workers on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 3}
apply
run missing
expect searches tv exactly 2
expect event item_searched exactly 2
expect event item_searched outcome=abandoned exactly 0
