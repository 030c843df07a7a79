scenario "while no indexer can be asked nothing is searched, and it goes on by itself"
fake sonarr tv wanted=60
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   series: {instances: [tv], batch: 1, schedule: {every: 1h}}
apply
start
advance 5m
expect searches tv exactly 1
# /health is read every quarter of an hour: known at 12:15 or 12:30, before the run of 13:00.
indexers tv blocked
advance 30m
expect event indexers_down exactly 1
expect event indexers_down state=indexers_down exactly 1
expect event queue_paused queue=series by=health exactly 1
advance 60m
expect searches tv exactly 1
expect event search_started queue=series exactly 1
# Back at 13:35; seen within five minutes, and the missed run is made up for once.
indexers tv up
advance 7m
expect event indexers_recovered exactly 1
expect event queue_resumed queue=series by=health exactly 1
expect searches tv exactly 2
