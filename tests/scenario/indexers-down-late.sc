scenario "a search that took long is judged again too when its indexers turn out to be down"
# Fails when the ten minutes are counted from where the search began: that of an anime's 700 episodes takes half an hour.
fake sonarr tv quiet
season tv episodes=700 missing=700 newest=40d anime
packs tv none
cooldown 30m
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, season_packs: {fallback: none}}
apply
run missing
expect event item_searched item=season/tv/1/1 outcome=nothing exactly 1
indexers tv blocked
advance 8m
run missing
expect event search_completed gate=indexers_unavailable exactly 1
indexers tv up
advance 2m
# What reached nobody is no search: it is due at once.
run missing
expect event item_searched item=season/tv/1/1 exactly 2
expect requests tv POST /api/v3/command exactly 2
