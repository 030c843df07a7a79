scenario "left running, each queue runs when its interval has passed, and a kill changes nothing"
fake sonarr tv wanted=30
fake radarr films wanted=30
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   series: {instances: [tv], batch: 2, schedule: {every: 2h}}
  |   movies: {instances: [films], batch: 1, schedule: {every: 6h}}
apply
start
# At once, then every two and every six hours: at 0 2 4 6 and at 0 6.
advance 7h
expect searches tv exactly 8
expect searches films exactly 2
# Dead between 7 and 9: the run of 8 is made up for once, at 9; the next is due at 11 and 12.
kill
expect event search_started queue=series exactly 4
advance 1s
expect event search_started queue=series exactly 4
advance 59m
advance 1h
expect event search_started queue=series exactly 5
expect event search_started queue=movies exactly 2
advance 4h
expect event search_started queue=series exactly 7
expect event search_started queue=movies exactly 3
