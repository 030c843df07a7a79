scenario "a key that is corrected in the tree is tried at once, not at the next probe"
fake sonarr tv wanted=3
file tree/splintarr.yaml
  | version: 1
  | settings: {health: {interval: 1h}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_WRONG_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 6h}}
apply
start
advance 10m
expect event instance_misconfigured reason=Unauthorized exactly 1
expect searches tv exactly 0
file tree/splintarr.yaml
  | version: 1
  | settings: {health: {interval: 1h}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 6h}}
apply
advance 1m
expect event instance_recovered exactly 1
expect searches tv exactly 1
