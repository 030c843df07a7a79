scenario "a server whose lists are cut, endless or silent fails alone; its good neighbour is searched"
# behaviour 5
# Fails when the type or the end of an answer is not looked at.
fake sonarr bad wanted=2
fake sonarr good wanted=2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   bad: {type: sonarr, url: "http://bad.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   good: {type: sonarr, url: "http://good.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all}
apply
fault bad GET /api/v3/series cut times=1
run all fails
fault bad GET /api/v3/series endless times=1
run all fails
fault bad GET /api/v3/series tarpit times=1
run all fails
fault bad GET /api/v3/series html times=1
run all fails
# What a proxy says whose server is away, a list that ends in the middle as if that were all, one that drips.
fault bad GET /api/v3/series status status=502 times=1
run all fails
advance 3m
fault bad GET /api/v3/series status status=504 times=1
run all fails
advance 3m
fault bad GET /api/v3/series torn times=1
run all fails
fault bad GET /api/v3/series drip times=1
run all fails
expect searches bad exactly 0
expect searches good exactly 2
run all
expect searches bad exactly 2
expect problems none
