scenario "a date with an offset is the instant it says"
# mistake: offsets in dates were dropped, so that what airs tonight had aired this morning
# Fails when the offset of a date is read and not subtracted.
fake sonarr tv wanted=1
behave tv offset_dates on
behave tv early_releases on
air tv in=3h
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], grace: 0s}
apply
release tv 1
run missing
expect searches tv of=3 exactly 0
# The grab is ours: its row in the history lies between the command and its end.
expect event item_searched outcome=grabbed exactly 1
advance 150m
run missing
expect searches tv of=3 exactly 0
advance 2h
run missing
expect searches tv of=3 exactly 1
