scenario "a queue whose runs fail for reasons of its own is paused, one whose server is away is not"
fake sonarr tv wanted=60
file tree/splintarr.yaml
  | version: 1
  | settings: {health: {down_after: 20}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   series: {instances: [tv], batch: 1, pause_after_failures: 3, schedule: {every: 1h}}
apply
start
advance 10m
expect searches tv exactly 1
# Failures of the connection do not count: the run of 13:00 fails at 13:00, 13:05 and 13:10. Silent 12:55:30 to 13:13:30.
advance 2730s
restart tv 18m
advance 20m
expect event search_failed queue=series exactly 3
expect event queue_paused exactly 0
# It answers, but not when asked for an item: three runs, five minutes between them.
advance 1h
fault tv GET /api/v3/episode/ status status=500 times=3
advance 2h
expect event queue_paused queue=series by=failures exactly 1
advance 3h
expect event queue_resumed exactly 0
resume queue/series@tv
advance 2h
expect event search_completed queue=series searched=1 least 3
