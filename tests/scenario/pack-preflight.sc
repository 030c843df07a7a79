scenario "what changed since the library was read keeps a season from being searched"
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
run missing dry
expect event item_selected item=season/tv/1/1 exactly 1
expect event item_selected exactly 1
grab tv 8
advance 2m
run missing
expect requests tv POST /api/v3/command exactly 0
