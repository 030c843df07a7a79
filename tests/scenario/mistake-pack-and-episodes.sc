scenario "what a season's search looked for in vain is not looked for one by one as well"
# mistake: a pack was searched, and then every episode of it
# Fails when episodes do not wait for their season, or do not rest as it does.
# An old server does not tell when it searched an item: only we know.
fake sonarr tv quiet
fake sonarr old-tv old quiet
season tv episodes=8 missing=5 newest=40d
season old-tv episodes=8 missing=5 newest=40d
packs tv none
packs old-tv none
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   old-tv: {type: sonarr, url: "http://old-tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, season_packs: {fallback: none}}
apply
run all
run all
expect requests tv POST /api/v3/command exactly 1
expect requests old-tv POST /api/v3/command exactly 1
# Three begin to come by themselves; one in twenty fails. What is left of eight is too little for the whole: each is
# on its own, and rests until the 72 hours are over.
behave tv auto_redownload off
behave old-tv auto_redownload off
grab tv 4
grab tv 5
grab tv 6
grab old-tv 4
grab old-tv 5
grab old-tv 6
advance 8h
run all
expect requests tv POST /api/v3/command exactly 1
expect requests old-tv POST /api/v3/command exactly 1
advance 63h
run all
expect requests tv POST /api/v3/command exactly 1
expect requests old-tv POST /api/v3/command exactly 1
advance 70m
run all
expect requests tv POST /api/v3/command least 3
expect requests old-tv POST /api/v3/command least 3
expect event item_searched item=episode/tv/8 exactly 1
expect event item_searched item=episode/old-tv/8 exactly 1
expect event item_searched item=season/tv/1/1 exactly 1
expect event item_searched item=season/old-tv/1/1 exactly 1
