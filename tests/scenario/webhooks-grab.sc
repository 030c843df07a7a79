scenario "a search that is told to have grabbed something is looked at then"
# behaviour 28 and 14
fake radarr films quiet wanted=1
behave films webhooks on
behave films busy_workers on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   movies: {instances: [films], schedule: {every: 24h}}
apply
release films 1
start
# The workers are busy for four minutes; it is looked at every 15 s: 12:04:06, 12:04:21. Told at 12:04:10, it is over two seconds later.
advance 249s
expect event item_searched exactly 0
advance 6s
expect event hook_received type=Grab exactly 1
expect event item_searched outcome=grabbed exactly 1
