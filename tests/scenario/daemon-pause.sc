scenario "a paused queue waits, on one instance or on all, and goes on by itself when its time is over"
fake sonarr tv wanted=30
fake sonarr uhd wanted=30
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   uhd: {type: sonarr, url: "http://uhd.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv, uhd], batch: 1, schedule: {every: 1h}}
apply
pause queue/missing@uhd for=150m
advance 90m
expect searches tv exactly 2
expect searches uhd exactly 0
# Its turn comes when the pause ends, at 2:30, and an hour later again.
advance 59m
expect searches uhd exactly 0
advance 2m
expect searches uhd exactly 1
pause instance/tv
advance 5h
expect event search_started instance=tv exactly 3
expect event search_started instance=uhd exactly 6
resume instance/tv
advance 1m
expect event search_started instance=tv exactly 4
