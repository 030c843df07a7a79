scenario "a search that is answered with a redirect did not happen, and is not taken for one"
# behaviour 4
# Fails when a POST that is answered 303 is followed with a GET and the list it gets taken for success, or when the
# command is sent to the new place unasked.
fake sonarr tv old wanted=1
fake radarr films wanted=1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, cooldown: 12h}
apply
fault tv POST /api/v3/command moved
fault films POST /api/v3/command moved
run missing
expect searches tv exactly 0
expect searches films exactly 0
# Where lastSearchTime tells that nothing was searched it is lost, and made again half an hour later. An old server
# tells nothing: it may have been, and is not made again until its rest is over.
expect event item_searched outcome=lost exactly 1
expect event item_searched outcome=unknown exactly 1
advance 30m
run missing
expect searches films exactly 1
expect searches tv exactly 0
advance 24h
run missing
expect searches tv exactly 1
