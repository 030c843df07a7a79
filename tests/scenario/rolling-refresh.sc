scenario "series that look unchanged are read again once a day, ten at a time"
fake sonarr tv big=25x4
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, max_requests: 50/s, library: {sync: 6h}}
  | queues:
  |   missing: {instances: [tv], batch: 1}
apply
run missing dry
expect requests tv GET /api/v3/episode exactly 25
# Nothing changed and nothing is a day old.
advance 7h
run missing dry
expect event library_synced refreshed=0 exactly 2
expect requests tv GET /api/v3/episode exactly 25
# All are: ten of them, the next ten, the other five, and then none for the rest of the day.
advance 18h
run missing dry
expect event library_synced refreshed=10 exactly 1
expect requests tv GET /api/v3/episode exactly 35
advance 7h
run missing dry
expect event library_synced refreshed=10 exactly 2
advance 7h
run missing dry
expect event library_synced refreshed=5 exactly 1
expect requests tv GET /api/v3/episode exactly 50
advance 7h
run missing dry
expect requests tv GET /api/v3/episode exactly 50
