scenario "the server restarts while it searches: nothing is searched twice, nothing hangs"
fake sonarr tv wanted=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
fault tv GET /api/v3/command status status=503 times=2
run missing
expect searches tv exactly 3
expect problems none
