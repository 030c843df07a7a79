scenario "a search that was given up is judged in the background, whenever its queue runs next"
# Fails when only the next run on its server settles what was left open: this one is seven days away.
fake sonarr tv wanted=1 quiet
behave tv never_ending_commands on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], schedule: {every: 7d}}
apply
start
advance 11m
expect event item_searched outcome=abandoned exactly 1
advance 65m
expect event item_searched outcome=unknown exactly 1
