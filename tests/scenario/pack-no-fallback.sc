scenario "a season searched in vain is searched again in its time, its episodes are not"
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv none
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {fallback: none}}
apply
run missing
expect event item_searched outcome=nothing exactly 1
run missing
advance 5d
run missing
expect requests tv POST /api/v3/command exactly 1
advance 30h
run missing
expect requests tv POST /api/v3/command exactly 2
expect event item_searched item=season/tv/1/1 exactly 2
expect problems none
