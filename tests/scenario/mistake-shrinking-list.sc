scenario "a list that shrinks between two runs loses nobody his turn"
# mistake: the rotation pointed past the end, or skipped as many as had gone
# Fails when a run begins at the place in the list where the one before ended.
fake sonarr tv wanted=0
fake radarr films wanted=10
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  | queues:
  |   missing: {instances: [films], batch: 4, order: title, cooldown: 168h}
apply
# By title: 6 1 8 5 4 2 3 9 10 7.
run missing
expect searches films exactly 4
expect searches films of=6 exactly 1
expect searches films of=5 exactly 1
remove films 6
remove films 1
remove films 8
advance 7h
run missing
# The four behind those come next, not the four that stand three places further now.
expect searches films exactly 8
expect searches films of=4 exactly 1
expect searches films of=2 exactly 1
expect searches films of=3 exactly 1
expect searches films of=9 exactly 1
# Seven are left, eight were searched: the last two have their turn all the same.
run missing
expect searches films exactly 10
expect searches films of=10 exactly 1
expect searches films of=7 exactly 1
run missing
expect searches films exactly 10
