scenario "a clock that is set back stops neither probes nor the reading of libraries"
# Fails when the first moment after the start, or the end of a recovery, is kept by the clock that was set.
fake sonarr tv quiet wanted=3
file tree/splintarr.yaml
  | version: 1
  | settings: {health: {interval: 5m, down_after: 1, resume_backoff: 10m}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 1h}}
  | queues:
  |   missing: {instances: [tv], batch: 1, schedule: {every: 12h}}
apply
start
advance 2m
expect event library_synced exactly 1
# Ten hours back: the next probe is on time, and so is the next reading.
asleep -10h
advance 1m
expect event library_synced exactly 2
fault tv GET /api/v3/system/status status status=503 times=1
advance 6m
expect event instance_down exactly 1
# Back in the middle of a recovery: it takes ten minutes, not ten hours more.
advance 5m
expect event instance_recovered state=recovering exactly 1
asleep -10h
advance 16m
expect event instance_healthy least 1
