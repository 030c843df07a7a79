scenario "what is grabbed three times without being imported is held for thirty days"
fake radarr films wanted=1
behave films auto_redownload off
behave films imports_fail on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], cooldown: 6h}
apply
release films 1
run missing
advance 7h
release films 1
run missing
expect event item_held exactly 0
advance 7h
release films 1
run missing
expect event item_searched outcome=grabbed exactly 3
expect event item_held item=movie/films/1 exactly 1
expect event search_completed reasons.held_loop_guard=1 exactly 0
# Not after the cooldown, nor while the seven days last.
advance 5d
run missing
advance 20d
run missing
expect searches films exactly 3
expect event search_completed reasons.held_loop_guard=1 exactly 2
expect event item_import_failed exactly 3
# Thirty days after the third grab it may be tried again.
advance 6d
run missing
expect searches films exactly 4
