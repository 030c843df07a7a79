scenario "twenty searches cost eight requests each, all that belongs to a day's run included"
# Every search takes the same time here, so after the first ones one look at each command is enough.
# Fails when the first look comes after a fixed 3 s.
fake sonarr tv wanted=20
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 100}}
  | queues:
  |   missing: {instances: [tv], batch: 20, schedule: {every: 24h}}
apply
# Of the twenty, five find something.
release tv 1
release tv 5
release tv 9
release tv 13
release tv 17
start
advance 40m
expect searches tv exactly 20
expect event item_searched outcome=grabbed exactly 5
expect requests tv POST /api/v3/command exactly 20
expect requests tv GET /api/v3/command/{id} most 30
limit requests tv 160
