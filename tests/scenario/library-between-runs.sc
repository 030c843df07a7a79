scenario "libraries are read every library.sync, however far apart the runs are"
fake sonarr tv wanted=3
fake radarr films wanted=3
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 1h}}
  | queues:
  |   weekly: {instances: [tv], schedule: {every: 7d, burst: {every: 15m, for: 3h}}}
apply
cooldown 14m
start
# Both at the beginning, also the one that no queue searches.
advance 1m
expect event library_synced instance=tv exactly 1
expect event library_synced instance=films exactly 1
# 12:00 Monday to Tuesday 00:30: after six hours each, and after one.
advance 12h29m
expect event library_synced instance=tv exactly 3
expect event library_synced instance=films exactly 13
# What is announced on the way is seen, and its burst comes: 07:00, 07:15, 07:30, 07:45 after the sync of 06:00.
air tv in=6h30m
advance 7h20m
expect searches tv of=5 exactly 4
# The old one of its series once besides, and the three of the first run.
expect searches tv exactly 8
# Without indexers nothing is searched, but what there is is read: at 12:00 again.
indexers tv off
advance 5h
expect event indexers_down instance=tv exactly 1
expect event library_synced instance=tv exactly 5
