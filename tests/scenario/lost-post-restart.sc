scenario "the answer to a search is lost, and its server restarts while it searches: it may have been made, and is not again"
# behaviour 13
# Fails when a command that is not among the server's counts as never sent: what it knew of the searches that had
# begun it has forgotten.
fake sonarr tv wanted=1 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
fault tv POST /api/v3/command lost
fault tv GET /api/v3/command reset
run missing fails
expect searches tv exactly 1
advance 1s
restart tv 30s
advance 2m
run missing
expect event item_searched outcome=unknown exactly 1
advance 1h
run missing
expect searches tv exactly 1
