scenario "a season waits for the grace of its newest episode, and its episodes wait for it"
# mistake: the grace of a fresh episode was not applied to its season
# Fails when a season is as old as its first episode.
fake sonarr tv
season tv episodes=8 missing=5 newest=2h
packs tv all
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], grace: 6h, season_packs: {}}
apply
run missing
expect requests tv POST /api/v3/command exactly 0
advance 3h
run missing
expect requests tv POST /api/v3/command exactly 0
advance 70m
run missing
expect requests tv POST /api/v3/command exactly 1
expect event item_searched item=season/tv/1/1 exactly 1
