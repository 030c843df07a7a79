scenario "an instance whose key nobody stored is asked nothing, and keeps nobody busy"
# Fails, and never ends, when its probe is due again at once; and when what only its queues need to say is said of its
# library as well.
fake sonarr tv wanted=3
fake sonarr other wanted=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   other: {type: sonarr, url: "http://other.sim", api_key: {secret: not-stored}}
  | queues:
  |   missing: {instances: [tv, other], schedule: {every: 1h}}
apply
start
advance 3h
expect searches tv least 3
expect event search_failed instance=other least 3
expect event library_failed exactly 0
limit requests other 0
