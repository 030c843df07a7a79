scenario "a queue with moments runs at them, not when it is applied, and a missed one once"
fake sonarr tv wanted=40
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {at: [daily 18:00, tue 06:30]}}
apply
start
# Monday 12:00.
advance 5h50m
expect searches tv exactly 0
advance 20m
expect searches tv exactly 1
advance 12h10m
expect searches tv exactly 1
advance 20m
expect searches tv exactly 2
# Dead from Tuesday 06:40 to Thursday 12:00: the evenings of Tuesday and Wednesday are one run.
dead 2d5h20m
advance 1m
expect searches tv exactly 3
advance 5h50m
expect searches tv exactly 3
advance 10m
expect searches tv exactly 4
