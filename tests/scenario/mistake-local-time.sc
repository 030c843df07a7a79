scenario "the dates of servers are in UTC, wherever we are"
# mistake: local time was applied to dates in UTC; all scenarios run far from it (TZ in the Makefile: 5 h 45 min east)
# Fails when the date of a broadcast, of a release or of a search is taken to be in the zone of the machine.
fake sonarr tv wanted=1
fake radarr films wanted=1
behave tv early_releases on
behave films early_releases on
air tv in=3h
premiere films in=3h
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, batch: 10, grace: 0s, cooldown: 12h}
apply
run missing
expect searches tv of=1 exactly 1
expect searches films of=1 exactly 1
advance 170m
run missing
expect searches tv of=3 exactly 0
expect searches films of=2 exactly 0
advance 20m
run missing
expect searches tv of=3 exactly 1
expect searches films of=2 exactly 1
# A search by hand now holds back until 12 h after it; our own, three hours before it, until 9 h after it.
user-search tv 1
user-search films 1
advance 11h
run missing
expect searches tv of=1 exactly 1
expect searches films of=1 exactly 1
advance 70m
run missing
expect searches tv of=1 exactly 2
expect searches films of=1 exactly 2
