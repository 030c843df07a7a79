scenario "an anime's season costs a query for each episode, a daily one's for each day"
# behaviour 24
fake sonarr tv
season tv episodes=8 missing=8 newest=40d anime
season tv episodes=6 missing=6 newest=40d daily
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}}
apply
run missing dry
expect event item_selected exactly 2
expect event item_selected cost=9 exactly 1
expect event item_selected cost=6 exactly 1
expect event search_completed selected=2 cost=15 exactly 1
