scenario "another application behind the address is named, and never searched"
# behaviour 33
fake sonarr tv wanted=3
behave tv wrong_app on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 3}
apply
run missing fails
expect event instance_misconfigured reason=WrongType exactly 1
expect requests tv POST /api/v3/command exactly 0
