scenario "downloads that wait for a hand take nobody's place in a run"
# Fails when what is being downloaded is found out item by item, just before its search: the same ones are picked again in
# every run, and whoever comes behind them is never searched. So it was on a server whose number of downloads closes nothing.
fake sonarr tv wanted=20 quiet
fake sonarr free wanted=20 quiet
behave tv imports_stuck on
behave free imports_stuck on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   free: {type: sonarr, url: "http://free.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 0}}
  | queues:
  |   missing: {instances: all, batch: 2, order: newest, cooldown: 1h}
cooldown 1h
apply
grab tv 20
grab tv 19
grab tv 18
grab tv 17
grab free 20
grab free 19
grab free 18
grab free 17
advance 10m
run missing@tv
expect searches tv exactly 2
expect event search_completed reasons.already_downloading=4 exactly 1
run missing@free
expect searches free exactly 2
expect event search_completed reasons.already_downloading=4 exactly 2
# That of a run, and of each of its two searches.
expect requests free GET /api/v3/queue exactly 1
expect requests free GET /api/v3/queue/details exactly 2
# What a download leaves undone holds only the item itself.
advance 30d
run missing@tv
run missing@free
expect searches tv exactly 4
expect searches free exactly 4
expect problems none
