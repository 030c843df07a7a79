scenario "a search that somebody began a second before ours is not ours"
# Fails when what the clocks of servers leave out, parts of a second, makes theirs as young as ours.
fake sonarr tv wanted=1
release tv 1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv]}
apply
run missing dry
behave tv busy_workers on
user-search tv 1
advance 1s
run missing
expect event item_searched outcome=foreign exactly 1
expect event item_searched exactly 1
