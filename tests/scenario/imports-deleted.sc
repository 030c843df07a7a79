scenario "an import that is deleted again is known, from history and from webhooks"
fake radarr films wanted=1
fake radarr told wanted=2
behave told webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   told: {type: radarr, url: "http://told.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films]}
  |   other: {instances: [told], schedule: {every: 24h}}
apply
release films 1
run missing
advance 2h
run missing
expect event item_imported instance=films exactly 1
delete films 1
# No grab is open: nothing is asked until the library has lost what was imported.
run missing
expect event item_deleted exactly 0
advance 25h
run missing
run missing
expect event item_deleted item=movie/films/1 exactly 1
expect requests films GET /api/v3/history/since exactly 3
# Told by webhook at once; an upgrade is no loss.
# Of its downloads the first one fails.
behave told auto_redownload off
release told 1
release told 2
start
advance 2h
expect event item_imported instance=told exactly 1
grab told 2
advance 2h
expect event hook_received type=MovieFileDelete exactly 1
expect event item_deleted exactly 1
delete told 2
advance 1m
expect event hook_received type=MovieFileDelete exactly 2
expect event item_deleted item=movie/told/2 exactly 1
