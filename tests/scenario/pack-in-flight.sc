scenario "two seasons are searched at once where two are allowed, and each find is its own"
fake sonarr tv quiet
# Items 1 to 8, 9 to 16, 17 to 24; of the fourth series too little is missing: 31 and 32.
season tv episodes=8 missing=5 newest=40d
season tv episodes=8 missing=5 newest=40d
season tv episodes=8 missing=5 newest=40d
season tv episodes=8 missing=2 newest=40d
packs tv none
release tv 13
release tv 31
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv:
  |     type: sonarr
  |     url: http://tv.sim
  |     api_key: {env: SPLINTARR_SCENARIO_KEY}
  |     limits: {in_flight: 2, min_gap: 2s, searches_per_hour: 8}
  | queues:
  |   missing: {instances: [tv], batch: 10, season_packs: {}}
apply
run missing
# Three seasons and two episodes: five commands, never more than two at once, never closer than the gap.
expect requests tv POST /api/v3/command exactly 5
expect at-once tv exactly 2
expect gap tv least 2
expect event item_searched exactly 5
expect event item_searched item=season/tv/1/1 exactly 1
expect event item_searched item=season/tv/2/1 exactly 1
expect event item_searched item=season/tv/3/1 exactly 1
expect event item_searched outcome=grabbed exactly 2
expect event item_searched "message=not the whole season: E05 (1 of 5 missing)" exactly 1
expect event item_searched episodes=episode/tv/13 exactly 1
expect event item_searched item=episode/tv/31 exactly 1
expect event content_found found=2 exactly 1
# Fourteen episodes follow, none twice; the cap counts seasons like episodes: three are left in this hour.
run missing
expect requests tv POST /api/v3/command exactly 8
expect event search_completed gate=cap_hour exactly 1
advance 61m
run missing
expect requests tv POST /api/v3/command exactly 16
advance 61m
run missing
expect requests tv POST /api/v3/command exactly 19
expect event item_searched outcome=nothing exactly 17
# With its season and alone; what the season's search found, and what had a file, with it only.
expect searches tv of=14 exactly 2
expect searches tv of=13 exactly 1
expect searches tv of=9 exactly 1
# Of all three there are packs now: three finds, not one more and not of another.
packs tv all
advance 8d
run missing
expect requests tv POST /api/v3/command exactly 23
expect event content_found found=3 exactly 1
expect event item_searched outcome=grabbed exactly 5
expect event item_searched item=season/tv/1/1 exactly 2
expect event item_searched item=season/tv/2/1 exactly 2
expect event item_searched item=season/tv/3/1 exactly 2
expect event item_searched outcome=nothing exactly 18
advance 20h
run missing
# One of the downloads fails, as one of twenty does.
expect event item_imported exactly 4
expect event item_imported item=episode/tv/13 exactly 1
expect event item_import_failed exactly 1
expect at-once tv exactly 2
expect gap tv least 2
expect problems none
