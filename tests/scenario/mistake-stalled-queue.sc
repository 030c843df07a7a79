scenario "downloads that wait for a hand do not close the gate for ever"
# mistake: stalled items were counted as active, and nothing was searched any more
# Fails when rows that are completed (films) or warn (torrents) count as active.
fake radarr films wanted=4
fake radarr torrents wanted=4
behave films imports_stuck on
behave torrents downloads_stall on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 1}}
  |   torrents: {type: radarr, url: "http://torrents.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 1}}
  | queues:
  |   missing: {instances: [films], batch: 1, order: title}
  |   others: {instances: [torrents], batch: 1, order: title}
apply
release films 1
release films 2
release films 3
release torrents 1
release torrents 2
release torrents 3
run all
expect event item_searched outcome=grabbed exactly 2
advance 5m
# Both are being downloaded: one is the limit.
run all
expect event search_completed gate=download_queue_full exactly 2
# One has been, and waits for a hand; the other has stopped half-way.
advance 2h
run all
expect searches films exactly 2
expect searches torrents exactly 2
