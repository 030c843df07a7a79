scenario "a series that goes while the library is read, and a file list that says so, break nothing"
# behaviour 32
# Fails when 404 for one title ends the sync. Its episodes are an empty list by then, its files an error.
fake sonarr tv wanted=2 quiet
season tv episodes=4 missing=2 newest=40d
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 5}
apply
fault tv GET /api/v3/episodefile status status=404
run missing
expect event search_failed exactly 0
expect event library_failed exactly 0
# The server still counts what we did not read: all of it is read again, at once.
expect event library_drift exactly 1
expect searches tv exactly 4
