scenario "a list that shrinks between two runs loses nobody his turn"
# mistake: the rotation pointed past the end, or skipped as many as had gone
# Fails when nothing rests after a search.
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
run missing
expect searches films exactly 4
remove films 1
remove films 2
remove films 3
advance 7h
run missing
run missing
# Whichever four were first: of the seven that are left each is searched once, and of those that went at most once.
expect searches films of=4 exactly 1
expect searches films of=5 exactly 1
expect searches films of=6 exactly 1
expect searches films of=7 exactly 1
expect searches films of=8 exactly 1
expect searches films of=9 exactly 1
expect searches films of=10 exactly 1
