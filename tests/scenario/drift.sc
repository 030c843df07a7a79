scenario "counts that differ are told once and everything is read again, but not in a loop"
fake sonarr tv wanted=12
fake radarr films demo
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 1h}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 1h}}
  | queues:
  |   missing: {instances: all, batch: 3}
# The list of series says nothing about files: what is imported shows in no fingerprint.
behave tv no_statistics on
apply
release tv 1
release tv 2
run missing
expect event library_drift exactly 0
expect event item_searched outcome=grabbed least 1
advance 2h
run missing dry
expect event library_drift full_sync=true exactly 1
expect event library_drift instance=films exactly 0
expect requests tv GET /api/v3/series exactly 3
# Now the counts agree.
advance 2h
run missing dry
expect requests tv GET /api/v3/series exactly 4
expect event library_drift exactly 1
