scenario "a search that waits for the receivers of its webhooks is waited for, and searched for once"
# behaviour 29 and 28
# Fails when a search is given up after a minute.
fake radarr films wanted=3
fake sonarr tv wanted=2
behave films webhooks on
behave films deaf_receiver on
behave tv webhooks on
behave tv deaf_receiver on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   movies: {instances: [films], batch: 3, schedule: {every: 24h}}
  |   episodes: {instances: [tv], batch: 2, schedule: {every: 24h}}
apply
release films 1
release films 3
release tv 2
start
# Two of the searches on films take 100 s longer than the other one, and nothing else is begun there meanwhile.
advance 3m
expect event hook_received instance=films least 1
expect event item_searched instance=films most 2
advance 5m
expect event item_searched instance=films exactly 3
expect event item_searched outcome=grabbed exactly 3
expect event item_searched outcome=nothing exactly 2
expect at-once films exactly 1
expect at-once tv exactly 1
advance 3h
expect searches films exactly 3
expect searches tv exactly 2
expect problems none
