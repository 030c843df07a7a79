scenario "what is being searched is told when it begins, and what came of it when that is known"
fake sonarr tv quiet
season tv episodes=8 missing=2 newest=40d
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1m}}
  | queues:
  |   missing: {instances: [tv], order: oldest, schedule: {every: 1h}}
apply
start
# A search is looked at after 3 seconds for the first time.
advance 2s
expect event search_started selected=2 exactly 1
expect event item_searching item=episode/tv/7 exactly 1
expect event item_searching index=1 exactly 1
expect event item_searching total=2 exactly 1
expect event item_searched exactly 0
advance 1m
expect event item_searched item=episode/tv/7 exactly 1
expect event item_searching item=episode/tv/8 exactly 1
expect event item_searching index=2 exactly 1
expect event item_searched exactly 1
advance 1m
expect event item_searching exactly 2
expect event item_searched item=episode/tv/8 exactly 1
expect event item_searched total=2 exactly 2
expect problems none
