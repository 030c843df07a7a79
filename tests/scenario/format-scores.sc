scenario "files whose custom formats fall short of their profile's cutoff are searched by cutoff_unmet"
fake sonarr tv scored=6
fake radarr films scored=250
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 6h}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 6h}, limits: {searches_per_hour: 1000, searches_per_day: 1000, min_gap: 0s}, max_requests: 50/s}
  | queues:
  |   upgrades: {instances: all, strategy: cutoff_unmet, batch: 500}
apply
run upgrades
# Every other one is below; 250 files are asked about in three requests.
expect searches tv exactly 3
expect searches films exactly 125
expect requests films GET /api/v3/moviefile exactly 3
# Next time only what changed is asked about.
advance 7h
run upgrades dry
expect requests films GET /api/v3/moviefile most 5
# A day later all that looks unchanged is asked about once more.
advance 26h
run upgrades dry
expect event library_synced instance=films exactly 3
expect requests films GET /api/v3/moviefile least 6
