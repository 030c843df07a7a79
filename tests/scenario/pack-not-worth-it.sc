scenario "too little missing, a series that goes on, an excluded episode: one by one"
fake sonarr tv
season tv episodes=8 missing=3 newest=40d
season tv episodes=4 missing=4 newest=40d continuing
season tv episodes=4 missing=4 newest=40d
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 20, season_packs: {min_missing: 3, min_ratio: 50%}}
  | exclusions:
  |   one: {match: [{series_id: 3, season: 1, episode: 2}]}
apply
run missing
expect requests tv POST /api/v3/command exactly 10
expect event item_searched item=episode/tv/14 exactly 0
expect event item_searched item=episode/tv/16 exactly 1
