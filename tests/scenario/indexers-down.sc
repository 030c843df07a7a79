scenario "a search that reached no indexer is not a search"
# behaviour 9
fake sonarr tv wanted=2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
indexers tv blocked
run missing
expect searches tv exactly 0
expect event search_completed gate=indexers_unavailable exactly 1
indexers tv up
advance 2m
run missing
expect searches tv exactly 2
