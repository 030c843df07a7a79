scenario "an address that is corrected in the tree is tried at once, not at the next probe"
fake sonarr tv quiet wanted=3
file tree/splintarr.yaml
  | version: 1
  | settings: {health: {interval: 1h, down_after: 1, resume_backoff: 2m}}
  | instances:
  |   tv: {type: sonarr, url: "http://nobody.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 6h}}
apply
start
advance 10m
expect event instance_down reason=Unreachable exactly 1
file tree/splintarr.yaml
  | version: 1
  | settings: {health: {interval: 1h, down_after: 1, resume_backoff: 2m}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 6h}}
apply
advance 1m
expect event instance_recovered state=recovering exactly 1
expect searches tv exactly 0
advance 2m
expect searches tv exactly 1
