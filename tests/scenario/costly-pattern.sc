scenario "a pattern that costs too much is told once a run, and does not match"
fake sonarr tv wanted=5
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
  | exclusions:
  |   costly: {match: [{title_regex: '^((.+)+)+[0-9]$'}]}
  |   cheap: {match: [{title_regex: '^nothing$'}]}
apply
run missing
expect searches tv least 1
expect event exclusion_too_expensive exclusion=costly exactly 1
expect event exclusion_too_expensive exclusion=cheap exactly 0
run missing
expect event exclusion_too_expensive exactly 2
