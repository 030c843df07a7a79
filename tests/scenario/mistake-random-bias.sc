scenario "in random order nobody comes twice before everybody came once"
# mistake: a short last page was as likely as a full one, and its items came again and again
# Fails when the draw does not put those first that were searched least often.
fake sonarr tv wanted=0
fake radarr films wanted=7
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  | queues:
  |   missing: {instances: [films], batch: 3, order: random, cooldown: 1h}
cooldown 1h
apply
run missing
advance 2h
run missing
advance 2h
run missing
# Three, three and three of seven: two come a second time, after all came.
expect searches films exactly 9
expect searches films of=1 least 1
expect searches films of=2 least 1
expect searches films of=3 least 1
expect searches films of=4 least 1
expect searches films of=5 least 1
expect searches films of=6 least 1
expect searches films of=7 least 1
