scenario "the answer to a search is lost: the command is found among the server's, not sent again"
# behaviour 7
fake sonarr tv wanted=1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
fault tv POST /api/v3/command lost times=1
run missing
expect searches tv exactly 1
expect requests tv POST /api/v3/command exactly 1
expect event item_searched exactly 1
run missing
expect searches tv exactly 1
