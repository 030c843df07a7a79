scenario "a season grabbed three times and never imported is held, until it is asked for"
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv all
behave tv auto_redownload off
behave tv imports_fail on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], cooldown: 6h, season_packs: {}}
apply
run missing
advance 7h
run missing
advance 7h
run missing
expect event item_searched outcome=grabbed exactly 3
expect event item_held item=season/tv/1/1 exactly 1
advance 5d
run missing
expect requests tv POST /api/v3/command exactly 3
advance 7h
retry season/tv/1/1
run missing
expect event item_searched item=season/tv/1/1 exactly 4
# It rests again.
run missing
expect requests tv POST /api/v3/command exactly 4
expect problems none
