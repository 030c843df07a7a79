scenario "a download that waits for a person is told by webhook, and may be imported yet"
fake radarr films wanted=1
behave films webhooks on
behave films imports_stuck on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], schedule: {every: 24h}}
apply
release films 1
start
advance 2h
expect event item_searched outcome=grabbed exactly 1
expect event hook_received type=ManualInteractionRequired "message=No files found are eligible for import" exactly 1
expect event item_import_failed item=movie/films/1 exactly 1
expect event item_import_failed "message=No files found are eligible for import" exactly 1
by-hand films
advance 5m
expect event item_imported item=movie/films/1 exactly 1
expect event item_import_failed exactly 1
