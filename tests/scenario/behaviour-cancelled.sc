scenario "a search somebody cancelled says that it is queued for ever: it is given up, and not made again"
# behaviour 16 and 13
# Fails when a command that never ends is waited for for ever, or searched for again while the server may still run it.
fake sonarr tv wanted=1 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 1h}, cooldown: 24h}
apply
behave tv busy_workers on
start
advance 10s
user-cancel tv
advance 5h
expect event item_searched outcome=unknown exactly 1
expect requests tv POST /api/v3/command exactly 1
expect searches tv exactly 0
# The server starts anew, and what was cancelled runs after all. The day is not over: no second search.
restart tv 30s
advance 5h
expect searches tv exactly 1
expect requests tv POST /api/v3/command exactly 1
expect event item_searched exactly 2
