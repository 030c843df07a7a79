scenario "a season on a server without lastSearchTime and without release sources"
fake sonarr tv old
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
expect event item_searched outcome=grabbed exactly 1
run missing
expect requests tv POST /api/v3/command exactly 1
