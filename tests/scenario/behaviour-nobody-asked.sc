scenario "a search that is completed and successful, and reached no indexer, is no search"
# behaviour 9 and 10
# Fails when "completed" is believed: then the second item rests for days though nobody was asked for it.
fake sonarr tv wanted=2 quiet
fake radarr old old wanted=2 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   old: {type: radarr, url: "http://old.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, batch: 2, order: title, schedule: {every: 6h}, cooldown: 168h}
apply
start
advance 12s
expect event item_searched outcome=nothing exactly 2
# All that could be asked is switched off, or rests; the next search ends at once, and well, says the server.
# A new one's lastSearchTime stands still. Of an old one only /health tells, when it is asked again: until then it was
# a search in vain.
indexers tv off
indexers old blocked
advance 1h
expect requests tv POST /api/v3/command exactly 2
expect requests old POST /api/v3/command exactly 2
expect event item_searched outcome=no_indexers exactly 1
expect event item_searched outcome=nothing exactly 3
expect event indexers_down exactly 2
# Once they are back the next run searches both: the first of them, seconds before they were lost, is in doubt too.
indexers tv up
indexers old up
advance 6h
expect event item_searched outcome=nothing exactly 7
expect requests tv POST /api/v3/command exactly 4
expect requests old POST /api/v3/command exactly 4
# And then they rest.
advance 24h
expect requests tv POST /api/v3/command exactly 4
expect requests old POST /api/v3/command exactly 4
