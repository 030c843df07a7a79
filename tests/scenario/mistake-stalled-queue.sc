scenario "downloads that wait for a hand do not close the gate for ever"
# mistake: stalled items were counted as active, and nothing was searched any more
# Fails when rows that are completed or warn count as active.
fake sonarr tv wanted=0
fake radarr films wanted=4
behave films imports_stuck on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 1}}
  | queues:
  |   missing: {instances: [films], batch: 1, order: title}
apply
release films 1
release films 2
release films 3
run missing
expect event item_searched outcome=grabbed exactly 1
advance 5m
# It is being downloaded: one is the limit.
run missing
expect event search_completed gate=download_queue_full exactly 1
# It has been, and waits for a hand.
advance 2h
run missing
expect searches films exactly 2
