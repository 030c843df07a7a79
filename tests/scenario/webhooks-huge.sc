scenario "a pack of 2,500 episodes is one grab and one import, though it is told of, listed and recorded 2,500 times"
# behaviour 28 and 26
# Fails when the length of a body or the number of rows of one download matters.
fake sonarr tv quiet
season tv episodes=2500 missing=2500 newest=40d
packs tv all
behave tv webhooks on
behave tv auto_redownload off
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 2}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}, schedule: {every: 6h}}
apply
start
advance 5m
expect event hook_received type=Grab exactly 1
expect event item_searched outcome=grabbed exactly 1
expect event item_searched grabs=1 exactly 1
# Each of its files is told of, and all of it once more.
advance 50m
expect event hook_received type=Download exactly 2501
expect event item_imported item=season/tv/1/1 exactly 1
advance 12h
expect requests tv POST /api/v3/command exactly 1
expect event search_failed exactly 0
