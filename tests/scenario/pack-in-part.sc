scenario "a search of a season that finds some of it is a find of those, and in vain for the rest"
# mistake: one episode was found, and the season counted as found; grabbing three counted as three grabs of one thing
# Fails when a season found in part counts as found.
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv none
release tv 5
release tv 7
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {fallback: episodes}}
apply
run missing
expect requests tv POST /api/v3/command exactly 1
expect event item_searched item=season/tv/1/1 exactly 1
expect event item_searched grabs=2 exactly 1
expect event item_searched "message=not the whole season: E05, E07 (2 of 5 missing)" exactly 1
expect event item_searched episodes=episode/tv/5 exactly 1
expect event item_searched episodes=episode/tv/6 exactly 0
expect event content_found "items=Whole Season S01E05 Part" exactly 1
# The three others follow at once, as after a search in vain; what was found rests.
run missing
expect requests tv POST /api/v3/command exactly 4
expect event item_searched item=episode/tv/4 exactly 1
expect event item_searched item=episode/tv/6 exactly 1
expect event item_searched item=episode/tv/8 exactly 1
run missing
expect requests tv POST /api/v3/command exactly 4
# Each is imported as itself.
advance 20h
run missing
expect event item_imported item=episode/tv/5 exactly 1
expect event item_imported item=episode/tv/7 exactly 1
expect event item_imported item=season/tv/1/1 exactly 0
expect requests tv POST /api/v3/command exactly 4
# Three of eight are missing now: too few for the whole.
advance 8d
run missing
expect event item_searched item=season/tv/1/1 exactly 1
expect requests tv POST /api/v3/command exactly 7
expect event item_held exactly 0
expect problems none
