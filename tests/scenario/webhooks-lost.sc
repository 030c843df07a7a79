scenario "what is lost on the way is learned all the same, a little later"
# behaviour 28
fake radarr films old wanted=2
behave films webhooks on
behave films lost_webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 3h}}
  | queues:
  |   movies: {instances: [films], batch: 2, schedule: {every: 2h}}
apply
release films 1
release films 2
start
# Every other one arrives: of two grabs and two imports the first each.
advance 90m
expect event item_searched outcome=grabbed exactly 2
expect event hook_received exactly 2
expect event item_imported exactly 1
# The next run reads of the rest in history, once each.
advance 2h
expect event item_imported exactly 2
