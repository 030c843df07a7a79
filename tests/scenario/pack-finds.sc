scenario "half a season is searched once, and what that finds is one grab"
# Fails when the season is searched and its episodes stay in the pool.
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv all
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}}
apply
run missing
expect requests tv POST /api/v3/command exactly 1
expect event item_searched item=season/tv/1/1 exactly 1
expect event item_searched outcome=grabbed exactly 1
expect event item_searched grabs=1 exactly 1
expect event content_found found=1 exactly 1
# Its five episodes rest with it.
run missing
advance 20h
run missing
expect requests tv POST /api/v3/command exactly 1
expect event item_imported item=season/tv/1/1 exactly 1
expect problems none
