scenario "what is excluded is never searched"
fake sonarr tv wanted=5
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
  | exclusions:
  |   everything: {match: [{title_glob: '*'}], reason: a test}
apply
run missing
expect searches tv exactly 0
