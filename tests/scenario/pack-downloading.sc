scenario "while an episode is being downloaded its season is no pack, and the others are searched one by one"
fake sonarr tv quiet
season tv episodes=8 missing=5 newest=40d
packs tv all
behave tv imports_stuck on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}}
apply
grab tv 8
advance 10m
run missing
expect event item_searched item=season/tv/1/1 exactly 0
expect event item_searched exactly 4
expect event search_completed reasons.already_downloading=1 exactly 1
expect problems none
