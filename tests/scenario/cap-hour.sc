scenario "the hourly cap stops a run; the rest is searched when the window has rolled on"
# mistake: caps were reset on the hour, and two bursts went through around it
# Fails when the window of a cap begins with the hour of the clock.
fake sonarr tv wanted=10
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv:
  |     type: sonarr
  |     url: http://tv.sim
  |     api_key: {env: SPLINTARR_SCENARIO_KEY}
  |     limits: {searches_per_hour: 4}
  | queues:
  |   missing: {instances: [tv], batch: 10}
apply
advance 40m
run missing
expect searches tv exactly 4
expect event search_completed gate=cap_hour exactly 1
# The cap rolls: 25 minutes later it is past one o'clock, and nothing is reset.
advance 25m
kill
run missing
expect searches tv exactly 4
expect event search_completed gate=cap_hour exactly 2
advance 35m
run missing
expect searches tv exactly 8
