scenario "lists in another order each time, and totals that move, change nothing"
# behaviour 18
fake sonarr tv wanted=20
fake radarr films wanted=20
behave tv unstable_ties on
behave tv moving_totals on
behave films unstable_ties on
behave films translated_titles on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 100}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 100}}
  | queues:
  |   missing: {instances: all, batch: 20, cooldown: 168h}
apply
run missing
expect searches tv exactly 20
expect searches films exactly 20
advance 7h
run missing
expect searches tv exactly 20
expect searches films exactly 20
