scenario "a server that does not answer holds its queues, and comes back after a rest"
fake sonarr tv wanted=60
fake radarr films wanted=60
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   series: {instances: [tv], batch: 1, schedule: {every: 30m}}
  |   movies: {instances: [films], batch: 1, schedule: {every: 30m}}
apply
start
advance 6m
expect searches tv exactly 1
expect event instance_healthy instance=tv exactly 1
# Silent from 12:06 to 14:01. Asked at 12:10 (every fifth minute since noon), and every minute while it counts: down at 12:12.
restart tv 115m
advance 330s
expect event instance_down exactly 0
advance 1m
expect event instance_down exactly 1
expect event instance_down state=down reason=Unreachable exactly 1
expect event queue_paused queue=series by=health exactly 1
# Nothing is begun on it, and nothing fails, however long it lasts; the other server does not care.
advance 107m
expect event search_failed instance=tv exactly 0
expect searches films exactly 4
# 13:59:30. It is asked at 14:02 (every fifth minute since 12:12); ten minutes later its queue goes on.
advance 3m
expect event instance_recovered instance=tv exactly 1
expect searches tv exactly 1
advance 9m
expect searches tv exactly 1
advance 1m
expect event queue_resumed queue=series by=health exactly 1
expect event instance_healthy instance=tv exactly 2
expect searches tv exactly 2
