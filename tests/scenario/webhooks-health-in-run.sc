scenario "a server that tells in the middle of a run that no indexer is left is not asked for another search"
# behaviour 28 and 27
fake sonarr tv quiet wanted=60
behave tv webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 100, min_gap: 1s}}
  | queues:
  |   series: {instances: [tv], batch: 30, schedule: {every: 24h}}
apply
start
# /health is asked once a minute while searching: not between 12:01:10 and 12:02.
advance 70s
# One is under way when it tells; the next is not begun, though the last look at /health is not a minute old.
indexers tv blocked
advance 10m
expect event item_searched instance=tv exactly 6
expect event search_completed gate=indexers_unavailable left=24 exactly 1
expect event indexers_down exactly 1
