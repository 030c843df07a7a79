scenario "an episode that the loop guard holds keeps its season back; asked for, the season goes"
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv none
behave tv auto_redownload off
behave tv imports_fail on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], cooldown: 6h}
apply
release tv 8
run missing
advance 7h
release tv 8
run missing
advance 7h
release tv 8
run missing
expect event item_held item=episode/tv/8 exactly 1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], cooldown: 6h, season_packs: {}}
apply
advance 7h
run missing
expect event item_searched item=season/tv/1/1 exactly 0
advance 7h
retry season/tv/1/1
run missing
expect event item_searched item=season/tv/1/1 exactly 1
# The four others and the held one follow, as after any pack in vain.
run missing
expect event item_searched item=episode/tv/8 exactly 4
run missing
expect event item_searched item=season/tv/1/1 exactly 1
expect problems none
