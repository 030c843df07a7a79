scenario "what a tenant may not do any more stops, and comes back with the right to it"
fake sonarr tv wanted=10
file tree/splintarr.yaml
  | version: 1
  | users: {alice: {role: operator}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | shares:
  |   tv: {alice: read-write}
file tree/tenants/alice/queues.yaml
  | queues:
  |   a: {instances: [/tv], batch: 2}
apply
run alice/a
expect searches tv exactly 2
file tree/splintarr.yaml
  | version: 1
  | users: {alice: {role: operator, disabled: true}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | shares:
  |   tv: {alice: read-write}
apply
advance 10m
run alice/a
expect searches tv exactly 2
expect event search_completed gate=suspended exactly 1
file tree/splintarr.yaml
  | version: 1
  | users: {alice: {role: operator}}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | shares:
  |   tv: {alice: read-write}
apply
advance 10m
run alice/a
expect searches tv exactly 4
