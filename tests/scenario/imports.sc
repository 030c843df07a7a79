scenario "a find is a grab, a success is an import, and a grab that fails is told"
# mistake: a grab that was never imported counted as a success
# Fails when a grab, or a failed download, is taken for an import.
fake radarr films wanted=2
behave films auto_redownload off
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], batch: 1}
apply
release films 1
release films 2
run missing
expect event item_searched outcome=grabbed exactly 1
expect event item_imported exactly 0
expect successes films exactly 0
expect requests films GET /api/v3/history/since exactly 1
# While a grab is open its end is asked for with every run. A download takes at most 44 minutes.
advance 45m
behave films imports_fail on
run missing
expect event item_imported item=movie/films/1 exactly 1
expect successes films exactly 1
expect event item_searched outcome=grabbed exactly 2
advance 45m
run missing
expect event item_imported exactly 1
expect event item_import_failed item=movie/films/2 exactly 1
expect successes films exactly 1
expect event item_held exactly 0
expect requests films GET /api/v3/history/since exactly 4
# All ends are known: nothing more is asked.
run missing
expect requests films GET /api/v3/history/since exactly 4
