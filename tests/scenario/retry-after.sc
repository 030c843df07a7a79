scenario "a server that asks for a rest gets it; for a long one the run ends and says until when"
fake sonarr tv wanted=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 1}
apply
fault tv GET /api/v3/series status status=429 times=2 retry-after=120s
run missing
expect searches tv exactly 1
expect event search_failed exactly 0
# more than three times in a row is not waited for
advance 1m
fault tv GET /api/v3/health status status=503 times=4 retry-after=30s
run missing fails
expect searches tv exactly 1
expect event search_failed exactly 1
# nor is an hour: it ends at once, with the time
advance 2m
fault tv GET /api/v3/system/status status status=429 times=1 retry-after=1h
run missing fails
expect searches tv exactly 1
expect event search_failed exactly 2
# a search is never sent twice, whatever the answer said
advance 1h
fault tv POST /api/v3/command status status=429 times=1 retry-after=60s
run missing
expect requests tv POST /api/v3/command most 2
