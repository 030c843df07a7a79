scenario "a season may take an hour; after two its search is unknown and its episodes rest"
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
behave tv never_ending_commands on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}}
apply
run missing
expect requests tv POST /api/v3/command exactly 1
expect requests tv GET /api/v3/command/{id} least 200
expect event item_searched outcome=abandoned exactly 1
run missing
expect event item_searched exactly 1
advance 2h
run missing
expect event item_searched outcome=unknown exactly 1
expect requests tv POST /api/v3/command exactly 1
expect problems none
