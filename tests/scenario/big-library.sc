scenario "a library of 1,200 episodes: five are searched, whatever its size"
fake sonarr tv big=60x20
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, max_requests: 50/s}
  | queues:
  |   missing: {instances: [tv], batch: 5}
apply
run missing
expect searches tv exactly 5
expect event library_drift exactly 0
