scenario "what waited for a worker when the server restarted runs afterwards, and is still ours"
# behaviour 13 and 12
# Fails when a search counts as lost because its server restarted, or its grab as nobody's.
fake radarr films wanted=1 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], schedule: {every: 1h}}
apply
release films 1
behave films busy_workers on
start
advance 10s
restart films 30s
behave films busy_workers off
advance 30m
expect event item_searched outcome=grabbed exactly 1
expect event item_searched exactly 1
expect requests films POST /api/v3/command exactly 1
