scenario "a tree that lost most of itself is held, and released only by the right number"
fake sonarr tv wanted=1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   a: {instances: [tv]}
  |   b: {instances: [tv]}
  |   c: {instances: [tv]}
  |   d: {instances: [tv]}
apply
expect diff none
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   a: {instances: [tv]}
apply held
apply allow-prune=2 held
apply allow-prune=3
expect diff none
