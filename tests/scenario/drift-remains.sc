scenario "a server that counts otherwise makes us read everything once a day, not at every sync"
fake sonarr tv wanted=12
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 1h}}
  | queues:
  |   missing: {instances: [tv], batch: 1}
apply
run missing dry
expect requests tv GET /api/v3/series exactly 1
# Its total is now up to two more than it has, another number each time.
behave tv moving_totals on
advance 2h
run missing dry
advance 2h
run missing dry
advance 2h
run missing dry
advance 2h
run missing dry
expect event library_drift full_sync=true exactly 1
expect requests tv GET /api/v3/series exactly 6
