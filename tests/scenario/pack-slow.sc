scenario "the season of an anime takes a quarter of an hour to search: it is waited for, and searched once"
# behaviour 24
# Fails when a season has no more time than an episode.
fake sonarr tv quiet
season tv episodes=400 missing=400 newest=40d anime
packs tv all
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}}
apply
run missing
expect event item_searched outcome=grabbed exactly 1
expect event item_searched outcome=abandoned exactly 0
expect requests tv POST /api/v3/command exactly 1
