scenario "indexers that rest longer after each failure are not asked while they rest"
# behaviour 27
# Fails when nobody asks for /health after the last search of a run, and when what the server noted of a search that all
# of them failed counts as a search.
fake sonarr tv wanted=40
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 15m}}
apply
advance 16m
indexers tv error
start
# They rest for 1, 5, 15 and 30 minutes, 1, 3, 6 and 12 hours; that they are back is seen within five minutes. So, of
# 96 slots: 12:16 12:31 12:46 13:06 13:41 14:41 17:41 23:41 11:41.
advance 24h
expect requests tv POST /api/v3/command exactly 9
expect event indexers_down exactly 9
expect event indexers_recovered exactly 8
# Repaired at 12:16, and the server says so an hour later: it is believed until then.
behave tv stale_health on
indexers tv up
advance 55m
expect requests tv POST /api/v3/command exactly 9
advance 11m
expect event indexers_recovered exactly 9
expect requests tv POST /api/v3/command exactly 10
# None of the nine was a search: nothing waits but the tenth, which is being downloaded.
advance 15m
expect requests tv POST /api/v3/command exactly 11
expect event search_completed reasons.already_downloading=1 exactly 1
