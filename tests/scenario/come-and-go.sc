scenario "what vanishes is not searched; what comes back, even under new ids, remembers its searches"
fake sonarr tv wanted=3
fake radarr films wanted=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 1h}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 1h}}
  | queues:
  |   missing: {instances: all, cooldown: 5d}
apply
run missing
expect searches tv exactly 3
expect searches films exactly 3
# The series and one movie go: nothing of them is considered.
remove tv 1
remove films 2
advance 2h
run missing
expect event search_completed considered=0 exactly 1
expect event library_synced series=0 exactly 1
expect event library_synced movies=2 exactly 1
# The series comes back as it was, the movie under another id: both rest for five days.
return tv 1
readd films 2
advance 2h
run missing
expect event library_synced series=1 exactly 2
expect event library_synced movies=3 exactly 2
expect searches tv exactly 3
expect searches films exactly 3
# The series is removed and added again: other ids for all that is in it.
readd tv 1
advance 2h
run missing
expect event library_synced episodes=3 exactly 3
expect searches tv exactly 3
# The rest is over: everything there is searched once more.
advance 5d
run missing
expect searches tv exactly 6
expect searches films exactly 6
expect event library_drift exactly 0
expect problems none
