scenario "everything odd in a library: nothing unaired, unreleased or unmonitored is searched"
# behaviour 20, 21, 22 and 23
# mistake: announced movies and unaired episodes were searched first
# Fails when what has not aired counts as released, or `isAvailable` is not believed.
fake sonarr tv edges
fake radarr films edges
fake sonarr old-tv old edges
fake radarr old-films old edges
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 1000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 1000}}
  |   old-tv: {type: sonarr, url: "http://old-tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 1000}}
  |   old-films: {type: radarr, url: "http://old-films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 1000}}
  | queues:
  |   missing: {instances: all, batch: 200, specials: true, grace: 0s}
  |   upgrades: {instances: all, strategy: cutoff_unmet, batch: 200}
apply
behave tv early_releases on
behave films early_releases on
run all
expect searches tv least 1
expect searches films least 1
expect searches old-tv least 1
expect searches old-films least 1
expect problems none
expect event library_drift exactly 0
