scenario "a tenant's searches a day are counted over all instances, and nobody else's are"
fake sonarr tv wanted=10
fake sonarr hd wanted=10
file tree/splintarr.yaml
  | version: 1
  | settings: {tenants: {searches_per_day: 5}}
  | users: {alice: {role: operator}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   hd: {type: sonarr, url: "http://hd.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | shares:
  |   tv: {alice: read-write}
  |   hd: {alice: read-write}
  | queues:
  |   mine: {instances: [hd], batch: 3}
file tree/tenants/alice/queues.yaml
  | queues:
  |   a: {instances: [/tv], batch: 3}
  |   b: {instances: [/hd], batch: 3}
apply
run alice/a
run alice/b
expect searches tv exactly 3
expect searches hd exactly 2
expect event search_completed gate=cap_day exactly 1
run mine
expect searches hd exactly 5
# A day after the first of them there is room again.
advance 25h
run alice/b
expect searches hd exactly 8
