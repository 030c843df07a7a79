scenario "what a sleeping machine missed runs once, as soon as it is awake; a clock that is set back stops nothing"
fake radarr films wanted=20
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   nightly: {instances: [films], batch: 2, schedule: {at: [daily 20:00]}}
  |   often: {instances: [films], batch: 1, schedule: {every: 4h}}
apply
start
# 12:00. Half an hour awake, then asleep until 22:30: one run of each, not two of the second.
advance 30m
expect event search_started queue=often exactly 1
asleep 10h
advance 2m
expect event search_started queue=nightly exactly 1
expect event search_started queue=often exactly 2
# Its next is four hours after that.
advance 3h50m
expect event search_started queue=often exactly 2
advance 10m
expect event search_started queue=often exactly 3
# A year ahead for a moment, and back: what ran in the future does not hold anything.
asleep 8000h
advance 2m
expect event search_started queue=often exactly 4
asleep -8000h
advance 2m
expect event search_started queue=often exactly 5
expect event search_started queue=nightly exactly 2
