scenario "a poster that is a new one does not make its title a changed one"
# behaviour 30
# Fails when the link to the poster, which says when that was written, is part of what tells a changed title.
fake sonarr tv big=60x2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 24h}}
  | queues:
  |   missing: {instances: [tv], batch: 1}
apply
run missing dry
expect requests tv GET /api/v3/episode exactly 60
# On 3 December every poster is written again. Ten that were not read for longest are read again at each sync.
advance 11d
run missing dry
expect requests tv GET /api/v3/episode exactly 70
expect requests tv GET "/api/v3/mediacover/{id}/{name}" exactly 0
