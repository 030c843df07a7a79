scenario "what was searched a moment ago is not searched again, also after a restart"
fake sonarr tv wanted=3 quiet
cooldown 3h
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
run missing
expect searches tv exactly 3
kill
advance 1h
run missing
expect searches tv exactly 3
# A flat cooldown is over when it is over, not before.
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], cooldown: 3h}
apply
advance 119m
run missing
expect searches tv exactly 3
advance 2m
run missing
expect searches tv exactly 6
expect problems none
