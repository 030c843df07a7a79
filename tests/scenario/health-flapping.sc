scenario "a server that keeps going down is left alone for longer each time, also after a kill"
fake sonarr tv wanted=60
file tree/splintarr.yaml
  | version: 1
  | settings: {health: {interval: 1m, down_after: 2, resume_backoff: 10m}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   series: {instances: [tv], batch: 1, schedule: {every: 1h}}
apply
start
advance 330s
expect searches tv exactly 1
# Silent 12:05:30 to 12:15:30: down at 12:07, back at 12:16, held until 12:26.
restart tv 10m
advance 11m
expect event instance_down exactly 1
expect event instance_recovered exactly 1
advance 9m
expect event queue_resumed exactly 0
advance 1m
expect event queue_resumed queue=series exactly 1
# 12:26:30 to 12:36:30: down at 12:28, back at 12:37, held twice as long, until 12:57.
restart tv 10m
advance 11m
expect event instance_down exactly 2
expect event instance_recovered exactly 2
kill
advance 19m
expect event queue_resumed exactly 1
advance 2m
expect event queue_resumed exactly 2
# 12:58:30 to 13:08:30: down at 13:00, back at 13:09, four times as long, past the run of 13:00, until 13:49.
restart tv 10m
advance 11m
expect event instance_down exactly 3
expect searches tv exactly 1
advance 39m
expect searches tv exactly 1
advance 1m
expect searches tv exactly 2
