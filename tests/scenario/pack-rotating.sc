scenario "the rest of a season is its own, whichever episode is the first one missing"
# mistake: a season's cooldown was keyed on an episode, and rotated with it
# Fails when the memory of a season has the id of its first missing episode in its key.
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv none
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {fallback: none}}
apply
run missing
expect requests tv POST /api/v3/command exactly 1
advance 100h
run missing
# The first one missing comes by itself; another is the first one now.
grab tv 4
advance 7h
run missing
expect requests tv POST /api/v3/command exactly 1
expect event item_searched item=season/tv/1/1 exactly 1
