scenario "windows and blackouts are kept on the clock of the wall, and a missed run comes once"
# Fails when windows are taken to be in the zone of the machine (TZ in the Makefile).
fake sonarr tv wanted=40
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: Europe/Berlin, blackout: [tue 04:00-05:00]}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | schedules:
  |   nightly: {every: 1h, windows: [daily 22:00-06:00], blackout: [daily 02:00-03:30]}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: nightly}
apply
start
# It is Monday 13:00 in Berlin: nothing until 22:00.
advance 8h59m
expect searches tv exactly 0
# 22:00 23:00 00:00 01:00, then the blackout from 02:00 to 03:30.
advance 5h1m
expect searches tv exactly 4
advance 25m
expect searches tv exactly 4
# 03:30, then the settings' blackout from 04:00 to 05:00; the run of 04:30 is made at 05:00.
advance 10m
expect searches tv exactly 5
advance 1h23m
expect searches tv exactly 5
advance 4m
expect searches tv exactly 6
# Closed at 06:00.
advance 12h
expect searches tv exactly 6
