scenario "a search the server refuses leaves no trace: judged lost, retried later, not at once"
# behaviour 8
# mistake: an unknown command answered 500 and took everything with it
# Fails when an answer of 500 to a command ends the run.
fake sonarr tv wanted=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
fault tv POST /api/v3/command status status=500 times=1
run missing
expect event item_searched outcome=lost exactly 1
# The two others of the run are none the worse for it.
expect event search_failed exactly 0
expect searches tv exactly 2
# Its own short back-off: 15 minutes.
advance 10m
run missing
expect searches tv exactly 2
advance 10m
run missing
expect searches tv exactly 3
