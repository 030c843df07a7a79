scenario "a search that cannot be settled keeps nobody from hearing that indexers are back"
# Fails when a routine probe ends with what it could not settle: its queue would wait for indexers for ever.
fake sonarr tv wanted=1 quiet
behave tv never_ending_commands on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], schedule: {every: 7d}}
apply
start
advance 11m
expect event item_searched outcome=abandoned exactly 1
fault tv GET /api/v3/command/ status status=500 times=1000
indexers tv blocked
advance 20m
expect event indexers_down exactly 1
indexers tv up
advance 10m
expect event indexers_recovered exactly 1
