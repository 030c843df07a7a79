scenario "what servers tell of their indexers holds queues at once and lets them go at once"
# behaviour 28 and 27
fake sonarr tv quiet wanted=60
behave tv webhooks on
behave tv localised_health on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   series: {instances: [tv], batch: 1, schedule: {every: 1h}}
apply
start
advance 6m
expect searches tv exactly 1
# /health is not due before 12:15.
indexers tv blocked
advance 10s
expect event hook_received type=Health least 1
expect event indexers_down state=indexers_down exactly 1
expect event queue_paused queue=series by=health exactly 1
indexers tv up
advance 10s
expect event hook_received type=HealthRestored least 1
expect event indexers_recovered exactly 1
expect event queue_resumed queue=series by=health exactly 1
# Told again and again, it is asked once at a time.
indexers tv blocked
advance 10s
advance 2h
expect event indexers_down exactly 2
expect searches tv exactly 1
indexers tv up
advance 2m
expect searches tv exactly 2
