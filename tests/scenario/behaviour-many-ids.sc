scenario "a search somebody makes of several at once is not ours: neither its finds nor how it ended"
# behaviour 11
# Fails when a command that names our item among others is taken for the one we look for.
fake sonarr tv wanted=3 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, order: title, schedule: {every: 24h}, cooldown: 168h}
apply
# What we ask for first is refused, and then the server cannot be asked whether it was.
fault tv POST /api/v3/command status status=500
fault tv GET /api/v3/command reset
start
advance 10s
# Somebody wants three in one command. The first finds nothing, the second is none: the command fails, and the third
# is not searched.
user-search tv 1 999 3
advance 10m
# Ours left no trace; that the item was searched since may have been ours. Not that it failed.
expect event item_searched item=episode/tv/1 exactly 1
expect event item_searched outcome=unknown exactly 1
expect event item_searched outcome=failed exactly 0
# And it goes on: the next one, once.
expect searches tv of=2 exactly 1
expect searches tv exactly 1
