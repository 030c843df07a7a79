scenario "a server newer than the program knows is used, and told of once"
fake sonarr tv wanted=2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1}
apply
run missing
expect event instance_too_new exactly 0
behave tv newer_generation on
run missing
run missing
expect searches tv exactly 2
expect event instance_too_new version=9.0.0.1 exactly 1
