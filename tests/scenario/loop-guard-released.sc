scenario "an import ends the loop guard's count, and who asks for an item gets it"
# Fails when an import does not reset the count, and when retry does not.
fake radarr films wanted=2
behave films auto_redownload off
behave films imports_fail on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], batch: 2, cooldown: 6h}
apply
# Of both two grabs fail; the third of the second one is imported.
release films 1
release films 2
run missing
advance 7h
release films 1
release films 2
run missing
advance 7h
behave films imports_fail off
release films 2
run missing
expect event item_searched outcome=grabbed exactly 5
expect event item_held item=movie/films/2 exactly 1
advance 7h
run missing
expect event item_imported item=movie/films/2 exactly 1
# Its file is lost; two grabs fail again, five in a week: the import is between them.
behave films imports_fail on
delete films 2
advance 7h
release films 2
run missing
advance 7h
release films 2
run missing
expect event item_searched outcome=grabbed exactly 7
expect event item_held exactly 1
# The first one finds a third time, in vain: held. Asked for, it is searched at once, and rests again.
advance 7h
release films 1
run missing
expect event item_held item=movie/films/1 exactly 1
advance 7h
run missing
expect event search_completed reasons.held_loop_guard=1 exactly 1
expect event item_searched item=movie/films/1 exactly 7
advance 7h
retry movie/films/1
run missing
expect event item_searched item=movie/films/1 exactly 8
run missing
expect event item_searched item=movie/films/1 exactly 8
