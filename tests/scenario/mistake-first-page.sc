scenario "what is behind the first ones gets its turn while those are cooling down"
# mistake: the first page was all on cooldown, and the rest starved
# Fails when only the first five rows of the library are offered, or nothing rests.
fake sonarr tv wanted=30
fake radarr films wanted=0
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  | queues:
  |   missing: {instances: [tv], batch: 5, order: title, cooldown: 168h}
apply
run missing
run missing
run missing
run missing
run missing
run missing
# Six runs of five: each of the thirty once.
expect searches tv exactly 30
run missing
expect searches tv exactly 30
