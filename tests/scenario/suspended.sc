scenario "a suspended instance is not even asked for its name"
fake sonarr tv wanted=2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, suspend: true}
  | queues:
  |   missing: {instances: [tv]}
apply
run all
expect event search_completed gate=suspended exactly 1
expect requests tv * * exactly 0
