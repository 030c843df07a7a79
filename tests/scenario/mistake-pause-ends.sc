scenario "what holds a queue ends whatever language the server speaks"
# behaviour 27
# mistake: the text of a status was the key of a pause, so that a translated one never ended
# Fails when the message of a health entry is looked at in place of its source.
fake sonarr tv wanted=5
behave tv localised_health on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 1h}}
apply
start
advance 5m
indexers tv blocked
advance 2h
expect event queue_paused by=health exactly 1
expect searches tv exactly 1
indexers tv up
advance 1h
expect event queue_resumed by=health exactly 1
expect searches tv least 2
