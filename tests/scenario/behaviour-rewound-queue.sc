scenario "a download queue that starts over past its end is read once"
# behaviour 17
fake radarr films wanted=3
behave films queue_rewinds on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 2}}
  | queues:
  |   missing: {instances: [films], batch: 1, order: title}
apply
release films 1
run missing
advance 3m
# One download is active, two are the limit: open.
run missing
expect searches films exactly 2
limit requests films 40
