scenario "the cap of a day is of any 24 hours, whatever day it is"
# mistake: caps were reset at midnight, and two bursts went through around it
# Fails when the window of a cap begins with the day, of UTC or of the machine.
fake sonarr tv wanted=10
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv:
  |     type: sonarr
  |     url: http://tv.sim
  |     api_key: {env: SPLINTARR_SCENARIO_KEY}
  |     limits: {searches_per_day: 3}
  | queues:
  |   missing: {instances: [tv], batch: 10}
apply
# Monday 18:00 UTC is a quarter of an hour before Tuesday in Kathmandu.
advance 6h
run missing
expect searches tv exactly 3
expect event search_completed gate=cap_day exactly 1
advance 30m
run missing
expect searches tv exactly 3
advance 5h45m
run missing
expect searches tv exactly 3
expect event search_completed gate=cap_day exactly 3
# Three more when 24 hours have passed, not more.
advance 17h50m
run missing
expect searches tv exactly 6
