scenario "a login page in front of the server is said to be one, and nothing is lost by it"
# behaviour 5
fake sonarr tv wanted=3
behave tv proxy_login_page on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 3}
apply
run missing fails
expect event instance_misconfigured reason=NotAnApi exactly 1
expect searches tv exactly 0
behave tv proxy_login_page off
run missing
expect searches tv exactly 3
