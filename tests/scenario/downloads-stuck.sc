scenario "downloads that wait for a hand take nobody's place in a run"
# Fails when what is being downloaded is found out item by item, just before its search: the same ones are picked again in
# every run, and whoever comes behind them is never searched.
fake sonarr tv wanted=20 quiet
behave tv imports_stuck on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 2, order: newest, cooldown: 1h}
cooldown 1h
apply
grab tv 20
grab tv 19
grab tv 18
grab tv 17
advance 10m
run missing
expect searches tv exactly 2
expect event search_completed reasons.already_downloading=4 exactly 1
# What a download leaves undone holds only the item itself.
advance 30d
run missing
expect searches tv exactly 4
expect problems none
