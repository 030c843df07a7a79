scenario "a search that a restart of its server cut off is not made again at once: indexers were asked"
# behaviour 13
fake sonarr tv wanted=1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], schedule: {every: 1h}}
apply
start
advance 3s
restart tv 30s
advance 5h
expect event item_searched outcome=unknown exactly 1
expect searches tv exactly 1
