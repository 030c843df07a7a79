scenario "a file that somebody brings while it is searched for is no success of ours"
# behaviour 35
# Fails when "has a file now" is taken for "we found it".
fake radarr films wanted=2 quiet
fake sonarr tv wanted=2 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, batch: 1, order: title, schedule: {every: 4h}}
apply
start
advance 2s
bring films 1
bring tv 1
advance 3h
expect event item_searched outcome=nothing exactly 2
expect event item_searched outcome=grabbed exactly 0
expect event item_imported exactly 0
# And what has its file is not searched again.
advance 9h
expect searches films of=1 exactly 1
expect searches tv of=1 exactly 1
