scenario "two searches at once where that is allowed, never three; one where nothing is said"
fake sonarr tv wanted=12
fake radarr films wanted=4
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv:
  |     type: sonarr
  |     url: http://tv.sim
  |     api_key: {env: SPLINTARR_SCENARIO_KEY}
  |     limits: {in_flight: 2, min_gap: 0s, searches_per_hour: 7}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 0s}}
  | queues:
  |   missing: {instances: all, batch: 10}
apply
run missing
# The cap counts what is under way: seven, not eight.
expect searches tv exactly 7
expect at-once tv exactly 2
expect searches films exactly 4
expect at-once films exactly 1
expect event search_completed gate=cap_hour exactly 1
# Two that never end are two that may still run: the run is left with them open, and no third begins.
behave tv never_ending_commands on
advance 61m
run missing
expect searches tv exactly 9
expect at-once tv exactly 2
run missing
expect searches tv exactly 9
expect event search_completed gate=in_flight exactly 2
