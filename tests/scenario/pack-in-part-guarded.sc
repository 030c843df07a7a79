scenario "what searches of a season grab of it counts for each episode: three times without import hold that one, not the rest"
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
  |   missing: {instances: [tv], cooldown: 6h, season_packs: {fallback: none}}
apply
release tv 4
release tv 5
release tv 6
run missing
# Three releases of one season, but no third grab of anything.
expect event item_searched grabs=3 exactly 1
expect event item_held exactly 0
advance 7h
release tv 5
run missing
expect event item_held exactly 0
advance 7h
release tv 5
run missing
expect event item_searched item=season/tv/1/1 exactly 3
expect event item_held item=episode/tv/5 exactly 1
expect event item_held exactly 1
# It keeps the season back: the others go one by one.
advance 7h
run missing
expect event item_searched item=season/tv/1/1 exactly 3
expect event item_searched item=episode/tv/5 exactly 0
expect event item_searched item=episode/tv/4 exactly 1
expect searches tv of=5 exactly 3
expect problems none
