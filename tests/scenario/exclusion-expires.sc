scenario "when an exclusion ends, that is told once: in time by a daemon, at its next start by one that was down"
fake radarr films wanted=5
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], batch: 10, schedule: {every: 1h}}
  | exclusions:
  |   for-a-while: {match: [{title_glob: '*'}], for: 6h, reason: a test}
apply
start
# 12:00. Applied at noon for six hours: the run of 17:00 is the last that finds everything excluded.
advance 5h59m
expect searches films exactly 0
expect audit expire exclusion/for-a-while exactly 0
advance 2m
expect audit expire exclusion/for-a-while "detail=expired at 2026-11-23T18:00:00Z; => 5 movies become searchable again" exactly 1
expect event exclusion_effect exclusion=for-a-while items=5 unit=movies direction=searchable expired=2026-11-23T18:00:00Z exactly 1
advance 1h
expect searches films exactly 5
# It is not told again, by nobody who looks.
kill
advance 1h
apply
expect audit expire exclusion/for-a-while exactly 1
# 20:01. Another, which ends while nobody runs.
file tree/more.yaml
  | exclusions:
  |   until-night: {match: [{title_glob: '*'}], until: "2026-11-23T22:00:00Z"}
apply
advance 1m
dead 5h
start
advance 1m
expect audit expire exclusion/until-night "detail=expired at 2026-11-23T22:00:00Z; => 5 movies" exactly 1
expect event exclusion_effect exclusion=until-night items=5 exactly 1
# 01:03. Killed as soon as it looked, and again: once is enough.
kill
advance 1m
dead 1h
advance 1m
expect audit expire exclusion/until-night exactly 1
expect event exclusion_effect exclusion=until-night exactly 1
# 02:05. One that ends in the sleep of the machine is told within a minute of its waking up.
file tree/more.yaml
  | exclusions:
  |   asleep: {match: [{title_glob: '*'}], until: "2026-11-24T04:00:00Z"}
apply
advance 5m
asleep 4h
advance 61s
expect audit expire exclusion/asleep "detail=expired at 2026-11-24T04:00:00Z" exactly 1
# 06:11. The clock is put back to before it: what was told stays told.
asleep -4h
advance 5h
expect audit expire exclusion/asleep exactly 1
expect problems none
expect diff none
