scenario "a server that migrates refuses, then says that it is starting, then is a new one: all of it passes"
# behaviour 6
fake sonarr tv wanted=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 3}
apply
start
advance 3s
restart tv 4m
fault tv * / starting times=3
advance 30m
expect event instance_misconfigured exactly 0
expect event queue_paused by=failures exactly 0
advance 12h
expect searches tv least 3
