scenario "a run that a cap stopped goes on at the next slot, and a hostile server delays only itself"
# mistake: the rest of a batch was dropped when a cap was hit
# Fails when what a cap left of the batch is not begun again, or is begun as a batch of ten.
fake sonarr tv wanted=12
fake sonarr slow wanted=12
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv:
  |     type: sonarr
  |     url: http://tv.sim
  |     api_key: {env: SPLINTARR_SCENARIO_KEY}
  |     limits: {searches_per_hour: 4}
  |   slow: {type: sonarr, url: "http://slow.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, batch: 10, schedule: {every: 12h}}
fault slow GET /api/v3/system/status tarpit times=500
apply
start
advance 50m
expect searches tv exactly 4
expect searches slow exactly 0
# Four more an hour after the first four; nothing selected is lost, nothing waits for 12h.
advance 50m
expect searches tv exactly 8
# The two that are left of the batch of ten; the next batch is due at midnight.
advance 2h
expect searches tv exactly 10
