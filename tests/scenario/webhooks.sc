scenario "what servers tell by themselves is taken as a hint, and saves time"
# behaviour 28
fake radarr films wanted=3
fake sonarr tv wanted=3
behave films webhooks on
behave tv webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   movies: {instances: [films], batch: 3, schedule: {every: 24h}}
apply
release films 1
start
advance 5m
expect event hook_received type=Grab exactly 1
expect event item_searched outcome=grabbed exactly 1
# Imported within 44 minutes of the grab, told at once (and twice): no run and no sync is needed for it.
advance 45m
expect event item_imported item=movie/films/1 exactly 1
expect event hook_received type=Download exactly 2
expect event library_touched instance=films exactly 1
expect requests films GET /api/v3/movie/{id} least 1
expect event library_synced instance=films exactly 1
# A series that is added is in the library half a minute later.
air tv in=3h
advance 1m
expect event hook_received type=SeriesAdd exactly 1
expect event library_touched instance=tv exactly 1
# One title is enough, as all of it was read in the beginning, though nothing searches there.
expect event library_synced instance=tv exactly 1
remove tv 1
advance 1m
expect event library_touched instance=tv exactly 2
readd tv 2
advance 1m
expect event hook_received type=SeriesAdd exactly 2
expect event library_touched titles=2 exactly 1
expect event library_synced instance=tv exactly 1
