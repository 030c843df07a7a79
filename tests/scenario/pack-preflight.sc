scenario "what a run could not know when it began keeps a season from being searched"
# The queue as a whole cannot be read, and the run goes on all the same; that of the season, asked just before its search,
# tells of a download.
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv all
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {on_error: open}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}}
apply
run missing dry
expect event item_selected item=season/tv/1/1 exactly 1
expect event item_selected exactly 1
grab tv 8
advance 2m
fault tv GET /api/v3/queue status status=500 times=1
run missing
expect event search_started exactly 1
expect event search_completed reasons.already_downloading=1 exactly 1
expect requests tv POST /api/v3/command exactly 0
