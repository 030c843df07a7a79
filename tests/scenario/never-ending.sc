scenario "a search that never ends is given up, counted, and never repeated inside its cooldown"
# behaviour 15
fake sonarr tv wanted=2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
behave tv never_ending_commands on
run missing
expect searches tv exactly 1
expect event item_searched outcome=abandoned exactly 1
advance 2h
run missing
expect event item_searched outcome=unknown exactly 1
# the other item, not the same one again
expect searches tv most 2
