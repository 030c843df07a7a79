scenario "an hour in which nothing is due costs an instance sixteen requests"
fake sonarr tv wanted=1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   quiet: {instances: [tv], schedule: {every: 24h}}
apply
start
# The run of 12:00 asks how it is, and for /health before it searches and after; then every 5 and every 15 minutes.
advance 61m
expect requests tv GET /api/v3/system/status exactly 13
expect requests tv GET /api/v3/health exactly 6
# Of those 12 and 4 in the hour. The rest: five of the first sync, eleven of the run with one search.
expect requests tv GET /api/v3/series exactly 1
limit requests tv 32
