scenario "of two searches at once one breaks: the other is seen to its end before the run fails"
fake sonarr tv wanted=6
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv:
  |     type: sonarr
  |     url: http://tv.sim
  |     api_key: {env: SPLINTARR_SCENARIO_KEY}
  |     limits: {in_flight: 2, min_gap: 0s}
  | queues:
  |   missing: {instances: all, batch: 6}
apply
fault tv GET /api/v3/command status status=500 times=1
run missing fails
expect searches tv exactly 2
expect event item_searched exactly 1
expect event search_failed exactly 1
# The next run settles what broke, then searches the other four.
run missing
expect searches tv exactly 6
expect event item_searched exactly 6
expect at-once tv exactly 2
