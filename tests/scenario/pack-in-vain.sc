scenario "a season searched in vain is followed by its episodes, and by no second search of all"
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv none
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
expect event item_searched outcome=nothing exactly 1
# At once, though the server noted a search of each of them.
run missing
expect requests tv POST /api/v3/command exactly 6
expect event item_searched item=season/tv/1/1 exactly 1
expect event item_searched item=episode/tv/8 exactly 1
expect event item_searched item=episode/tv/3 exactly 0
run missing
expect requests tv POST /api/v3/command exactly 6
# 33 to 40 days old: three days, doubled by nothing. Then the season goes first again.
advance 5d
run missing
expect requests tv POST /api/v3/command exactly 6
advance 30h
run missing
expect requests tv POST /api/v3/command exactly 7
expect event item_searched item=season/tv/1/1 exactly 2
expect problems none
